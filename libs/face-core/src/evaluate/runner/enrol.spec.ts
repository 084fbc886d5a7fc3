import { plainFrame } from '../../testing/frames';
import { CIRCLE_MODEL, outcomeAt } from '../testing/made-outcomes';
import { enrolledGallery } from './enrol';
import { bestFaceOf } from './enrol-recordings';

const probe = Float32Array.of(1, 0);

describe('enrolledGallery', () => {
  const video = (path: string) => ({ name: path, path });
  const enrolments = [
    { person: 'kim', image: 1 },
    { person: 'kim', image: 0 },
    { person: 'lee', recording: video('/lee.mp4') },
    { person: 'jun', recording: video('/jun.mp4') },
    { person: 'jun', image: 2 },
  ];
  const found = {
    pictures: [80, 10, undefined].map(outcomeAt),
    recordings: new Map([
      ['/lee.mp4', outcomeAt(50)],
      ['/jun.mp4', outcomeAt(undefined)],
    ]),
  };

  it('holds every picture and recording that shows a face, and counts the others', () => {
    const { gallery, templates, failedToEnrol } = enrolledGallery({ enrolments }, CIRCLE_MODEL, found);

    expect({ templates, failedToEnrol }).toEqual({ templates: 3, failedToEnrol: 2 });
    expect(gallery.search(probe, { top: 3 })).toMatchObject([
      { personId: 'kim', similarity: expect.closeTo(Math.cos((10 * Math.PI) / 180), 5) },
      { personId: 'lee' },
    ]);
  });

  it('is told from a gallery of other people or other faces by its hash', () => {
    const hash = (changed: Partial<typeof found>, of = enrolments) =>
      enrolledGallery({ enrolments: of }, CIRCLE_MODEL, { ...found, ...changed }).sha256;
    const others = enrolments.map((one) => ({ ...one, person: one.person.toUpperCase() }));

    expect(hash({})).toBe(hash({}));
    expect(hash({ pictures: [80, 11, undefined].map(outcomeAt) })).not.toBe(hash({}));
    expect(hash({}, others)).not.toBe(hash({}));
  });
});

describe('bestFaceOf', () => {
  const FRAME = plainFrame(640, 480);
  const faceOf = (sidePx: number) => ({
    box: { x: 100, y: 100, width: sidePx, height: sidePx },
    score: 1,
    landmarks: [
      { x: 100 + 0.3 * sidePx, y: 140 },
      { x: 100 + 0.7 * sidePx, y: 140 },
      { x: 100 + 0.5 * sidePx, y: 160 },
      { x: 100 + 0.35 * sidePx, y: 180 },
      { x: 100 + 0.65 * sidePx, y: 180 },
    ],
  });

  async function best(sides: readonly (readonly number[])[]) {
    let frame = -1;
    async function* frames() {
      for (let at = 0; at < sides.length; at += 1) yield await Promise.resolve({ frame: FRAME, atMs: at });
    }
    return bestFaceOf(frames(), {
      detect: () => Promise.resolve((sides[(frame += 1)] ?? []).map(faceOf)),
      align: () =>
        frame === 1 ? Promise.reject(new Error('no shape')) : Promise.resolve(Uint8Array.of(frame)),
    });
  }

  it('is the largest, of frames with one face that can be aligned', async () => {
    expect(await best([[60], [100], [80, 90], [], [70], [65]])).toEqual(Uint8Array.of(4));
  });

  it('is none where no frame has one', async () => {
    expect(await best([[], [], [80, 80]])).toBeUndefined();
  });
});
