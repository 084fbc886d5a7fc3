import { framesOf, passes, refused, visitOf } from '../testing/made-traces';
import { judgeRecording } from './judge-recording';
import type { VideoTrace } from './video-trace';

const isEnrolled = (person: string) => person !== 'stranger';

function judge(visits: readonly ReturnType<typeof visitOf>[], trace: Partial<VideoTrace>) {
  return judgeRecording(visits, { frames: [], decisions: [], ...trace }, isEnrolled);
}

/** Person and outcome of each visit. */
const outcomes = (found: ReturnType<typeof judgeRecording>) =>
  found.visits.map(({ visit, outcome }) => `${visit.person} ${outcome}`);

describe('judgeRecording, of one person at a time', () => {
  it.each([
    ['passes as themselves', [passes('kim', 500)], 'right'],
    ['passes as another', [passes('lee', 500)], 'wrong'],
    ['is refused', [refused('kim', 500)], 'refused'],
    ['is never decided', [], 'undecided'],
    [
      'passes as themselves and then, on another track, as another',
      [passes('kim', 500), passes('lee', 900)],
      'wrong',
    ],
    ['passes as another and then as themselves', [passes('lee', 500), passes('kim', 900)], 'wrong'],
    ['is refused and passes later', [refused('kim', 500), passes('kim', 900)], 'right'],
    ['passes and is refused on another track', [passes('kim', 500), refused('kim', 900)], 'right'],
  ])('who %s', (_, decisions, outcome) => {
    const found = judge([visitOf('kim')], { decisions });

    expect(outcomes(found)).toEqual([`kim ${outcome}`]);
    expect(found.unattributed).toEqual([]);
  });

  it('takes the first verdict that makes the outcome', () => {
    const at = (decisions: VideoTrace['decisions']) =>
      judge([visitOf('kim')], { decisions }).visits[0]?.decision?.atMs;

    expect(at([refused('kim', 300), passes('kim', 500), passes('kim', 700)])).toBe(500);
    expect(at([passes('kim', 500), passes('lee', 600), passes('jun', 700)])).toBe(600);
    expect(at([refused('kim', 300), refused('kim', 800)])).toBe(300);
  });

  it('says who was refused before they passed', () => {
    const first = (decisions: VideoTrace['decisions']) =>
      judge([visitOf('kim')], { decisions }).visits[0]?.refusedFirst;

    expect(first([refused('kim', 300), passes('kim', 500)])).toBe(true);
    expect(first([passes('kim', 500), refused('kim', 700)])).toBe(false);
    expect(first([refused('kim', 300), passes('kim', 500), passes('lee', 600)])).toBe(false);
  });

  it('measures from the first face of the visit, and the first large enough', () => {
    const frames = framesOf('..--##.###');
    const of = (startS: number, decisions: VideoTrace['decisions']) =>
      judge([visitOf('kim', startS)], { frames, decisions }).visits[0];

    expect(of(0, [passes('kim', 700)])).toMatchObject({ fromSeenMs: 500, fromInRangeMs: 300 });
    // What was seen before the labels say that the person came is not theirs.
    expect(of(0.55, [passes('kim', 900)])).toMatchObject({ fromSeenMs: 200, fromInRangeMs: 200 });
    expect(of(0, [])).toMatchObject({ fromSeenMs: undefined, fromInRangeMs: undefined });
  });

  it('parts people by their times, a second beyond which a verdict still counts', () => {
    const visits = [visitOf('kim', 0, 4), visitOf('lee', 6, 9), visitOf('kim', 12, 15)];
    const decisions = [passes('kim', 1000), passes('lee', 5200), passes('kim', 15_900)];

    expect(outcomes(judge(visits, { decisions }))).toEqual(['kim right', 'lee right', 'kim right']);
    const early = judge(visits, { decisions: [passes('lee', 4900)] });
    expect(outcomes(early)).toEqual(['kim wrong', 'lee undecided', 'kim undecided']);
    const late = judge(visits, { decisions: [passes('kim', 16_100)] });
    expect(late.unattributed).toHaveLength(1);
    expect(outcomes(late)[2]).toBe('kim undecided');
  });

  it('never measures a negative time where a verdict came before its label', () => {
    const decisions = [passes('kim', 600)];
    const found = judge([visitOf('kim', 1, 3)], { frames: framesOf('#'.repeat(30)), decisions });

    expect(found.visits[0]).toMatchObject({ outcome: 'right', fromSeenMs: 0, fromInRangeMs: 0 });
  });
});

describe('judgeRecording, of several people at once', () => {
  const both = [visitOf('kim'), visitOf('stranger')];

  it('gives each verdict to whom it names', () => {
    const found = judge([visitOf('kim'), visitOf('lee')], {
      decisions: [passes('lee', 300), passes('kim', 400)],
    });

    expect(outcomes(found)).toEqual(['kim right', 'lee right']);
  });

  it('charges another’s name to the only one who has not passed as themselves, whenever that was', () => {
    const later = judge(both, { decisions: [passes('kim', 300), passes('jun', 400)] });
    const sooner = judge(both, { decisions: [passes('jun', 300), passes('kim', 400)] });

    expect(outcomes(later)).toEqual(['kim right', 'stranger wrong']);
    expect(outcomes(sooner)).toEqual(['kim right', 'stranger wrong']);
  });

  it('charges nobody in particular where it may be either', () => {
    const found = judge(both, { decisions: [passes('jun', 300)] });

    expect(outcomes(found)).toEqual(['kim undecided', 'stranger undecided']);
    expect(found.unattributed).toMatchObject([{ personId: 'jun' }]);
  });

  it('gives a refusal to whom the face resembles, else to a stranger, else to whoever is left', () => {
    expect(outcomes(judge(both, { decisions: [refused('kim', 300)] }))).toEqual([
      'kim refused',
      'stranger undecided',
    ]);
    expect(outcomes(judge(both, { decisions: [refused('jun', 300)] }))).toEqual([
      'kim undecided',
      'stranger refused',
    ]);
    const two = [refused('jun', 300), refused('jun', 400), refused('jun', 500)];
    expect(outcomes(judge(both, { decisions: two }))).toEqual(['kim refused', 'stranger refused']);
  });

  it('says of nobody that they were refused first where it may have been another', () => {
    const found = judge(both, { decisions: [refused('kim', 200), passes('kim', 300)] });

    expect(outcomes(found)).toEqual(['kim right', 'stranger refused']);
    expect(found.visits[0]?.refusedFirst).toBe(false);
  });
});
