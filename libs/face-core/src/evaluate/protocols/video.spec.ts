import { wilsonInterval } from '../statistics/interval';
import { framesOf, labelsOf, passes, refused, visitOf } from '../testing/made-traces';
import { evaluateVideo } from './video';
import type { VideoTrace } from './video-trace';

const settings = {
  framesPerSecondMax: 10,
  faceSizeMinPx: 80,
  framesToDecide: 3,
  similarityMin: 0.6,
  marginMin: 0.05,
};
const enrolment = { templates: 2, failedToEnrol: 1 };

/** Four recordings: Kim passes twice (and is Lee once), Lee is refused and missed, strangers come four times. */
const visits = [
  visitOf('kim', 0, 4, { groups: { glasses: 'no' } }),
  visitOf('lee', 6, 9, { groups: { glasses: 'yes' } }),
  visitOf('kim', 0, Infinity, { recording: 1, groups: { glasses: 'yes' } }),
  visitOf('stranger', 0, 2, { recording: 2 }),
  visitOf('stranger', 4, 6, { recording: 2 }),
  visitOf('stranger', 9, 10, { recording: 2 }),
  visitOf('jun', 0, 2, { recording: 3 }),
  visitOf('lee', 4, 6, { recording: 3 }),
  visitOf('kim', 8, 10, { recording: 3, groups: { glasses: 'no' } }),
];
const traces: VideoTrace[] = [
  {
    // Kim is seen at 0.2, large enough at 0.4; Lee comes at 6.
    frames: framesOf(`..--${'#'.repeat(30)}${'.'.repeat(26)}${'#'.repeat(30)}`),
    decisions: [
      passes('kim', 600, { frames: 3, processingMs: 20 }),
      refused('lee', 7000, { similarity: 0.5 }),
    ],
  },
  {
    frames: framesOf('#'.repeat(20), 40),
    decisions: [passes('kim', 1400, { frames: 6, processingMs: 40, similarity: 0.7 })],
  },
  {
    frames: framesOf('#'.repeat(95), 120),
    decisions: [refused('kim', 1000), passes('lee', 4500, { similarity: 0.65 }), passes('kim', 7500)],
  },
  {
    frames: framesOf('#'.repeat(99)),
    decisions: [passes('kim', 900), passes('lee', 8800, { similarity: 0.61 })],
  },
];
const labels = labelsOf(visits, ['kim', 'lee', 'lee']);

function evaluate() {
  return evaluateVideo('made', labels, { model: 'm', settings, enrolment, traces });
}

describe('evaluateVideo', () => {
  const { result, scores } = evaluate();

  it('counts what was looked at', () => {
    expect(result).toMatchObject({ protocol: 'video', data: 'made', model: 'm', settings });
    expect(result.counts).toEqual({
      recordings: 4,
      frames: 90 + 20 + 95 + 99,
      // 8.9, 1.9, 9.4 and 9.8.
      seconds: 30,
      visits: 9,
      people: 2,
      templates: 2,
      failedToEnrol: 1,
      unattributedPasses: 1,
    });
  });

  it('counts what became of the enrolled and of strangers, with intervals', () => {
    expect(result.enrolled).toEqual({
      visits: 5,
      right: { count: 2, rate: 0.4, interval: wilsonInterval(2, 5) },
      wrongPerson: { count: 1, rate: 0.2, interval: wilsonInterval(1, 5) },
      refused: { count: 1, rate: 0.2, interval: wilsonInterval(1, 5) },
      missed: { count: 1, rate: 0.2, interval: wilsonInterval(1, 5) },
      refusedFirst: { count: 0, rate: 0, interval: wilsonInterval(0, 5) },
    });
    expect(result.strangers).toEqual({
      visits: 4,
      falseGrants: { count: 2, rate: 0.5, interval: wilsonInterval(2, 4) },
      refused: { count: 1, rate: 0.25, interval: wilsonInterval(1, 4) },
      undecided: { count: 1, rate: 0.25, interval: wilsonInterval(1, 4) },
    });
  });

  it('says how long verdicts took, in the recording and on the machine apart', () => {
    expect(result.times.passed).toEqual({
      decisions: 2,
      // 0.4 and 1.4 s; the 95 % lie at 19 of 20 parts between them.
      fromSeenMs: { median: 900, p95: 1350 },
      fromInRangeMs: { median: 800, p95: 1340 },
      processingMs: { median: 30, p95: 39 },
      frames: { median: 4.5, p95: 5.85 },
    });
    expect(result.times.refused).toMatchObject({
      decisions: 2,
      fromInRangeMs: { median: 1000 },
      frames: { median: 9, p95: 9 },
    });
  });

  it('says what every frame took, and how many a door would have dropped for it', () => {
    // 94 of the 300 frames that another follows took 120 ms of the 100 there were.
    expect(result.processing).toEqual({
      median: 10,
      p95: 120,
      tooSlow: 94 / (89 + 19 + 94 + 98),
    });
  });

  it('gives every figure by person', () => {
    expect(Object.keys(result.people)).toEqual(['jun', 'kim', 'lee', 'stranger']);
    expect(result.people.kim?.enrolled).toMatchObject({
      visits: 3,
      right: { count: 2 },
      wrongPerson: { count: 1 },
      missed: { count: 0 },
    });
    expect(result.people.lee?.enrolled).toMatchObject({
      visits: 2,
      refused: { count: 1 },
      missed: { count: 1 },
    });
    expect(result.people.jun?.strangers).toMatchObject({ visits: 1, falseGrants: { count: 1 } });
    expect(result.people.kim?.times.passed).toEqual(result.times.passed);
    expect(result.people.stranger?.times.passed.fromSeenMs).toEqual({ median: undefined, p95: undefined });
  });

  it('gives every figure by group, and names the largest gap', () => {
    expect(result.groups?.glasses).toMatchObject({
      no: { enrolled: { visits: 2, right: { rate: 0.5 }, wrongPerson: { rate: 0.5 }, refused: { rate: 0 } } },
      yes: {
        enrolled: { visits: 2, right: { rate: 0.5 }, wrongPerson: { rate: 0 }, refused: { rate: 0.5 } },
      },
    });
    expect(result.largestGap).toMatchObject({
      column: 'glasses',
      figure: 'wrong person',
      highest: { group: 'no', value: 0.5 },
      lowest: { group: 'yes', value: 0 },
    });
  });

  it('lists who passed as another', () => {
    expect(result.wrongPasses).toEqual([
      { recording: 'recording-2.mp4', atMs: 4500, person: 'stranger', takenFor: 'lee', similarity: 0.65 },
      { recording: 'recording-2.mp4', atMs: 7500, person: undefined, takenFor: 'kim', similarity: 0.8 },
      { recording: 'recording-3.mp4', atMs: 900, person: 'jun', takenFor: 'kim', similarity: 0.8 },
      { recording: 'recording-3.mp4', atMs: 8800, person: 'kim', takenFor: 'lee', similarity: 0.61 },
    ]);
  });

  it('has a score of every visit: with themselves, or whomever a stranger resembles', () => {
    expect([...scores.genuine]).toEqual([-Infinity, -Infinity, 0.5, 0.7, 0.8]);
    expect([...scores.impostor]).toEqual([-Infinity, 0.3, 0.65, 0.8]);
  });

  it('has no rates where nobody came, and no groups where the labels have none', () => {
    const alone = labelsOf([visitOf('kim')], ['kim']);
    const { result: one } = evaluateVideo('made', alone, {
      ...{ model: 'm', settings, enrolment },
      traces: [{ frames: framesOf('#'), decisions: [] }],
    });

    expect(one.strangers).toMatchObject({
      visits: 0,
      falseGrants: { count: 0, rate: undefined, interval: undefined },
    });
    expect(one.processing.tooSlow).toBeUndefined();
    expect(one.groups).toBeUndefined();
  });
});
