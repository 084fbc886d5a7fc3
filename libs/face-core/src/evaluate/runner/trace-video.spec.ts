import type { Candidate } from '../../identify/identify';
import { plainFrame } from '../../testing/frames';
import { traceVideo, type ChainVision } from './trace-video';

/** A face of a track in one frame: its side in pixels, and which way its embedding points. */
interface Shown {
  readonly track: string;
  readonly sidePx?: number;
  readonly angle?: number;
  readonly turned?: boolean;
}

const settings = { faceSizeMinPx: 80, framesToDecide: 3, similarityMin: 0.9, marginMin: 0.05 };
const FRAME = plainFrame(640, 480);

/** Kim's template points to 0 degrees, Lee's to 60. */
function search(probe: Float32Array): Candidate[] {
  const angle = Math.atan2(probe[1] as number, probe[0] as number);
  return [
    { personId: 'kim', similarity: Math.cos(angle) },
    { personId: 'lee', similarity: Math.cos(angle - Math.PI / 3) },
  ].sort((a, b) => b.similarity - a.similarity);
}

function faceOf({ sidePx = 120, angle = 0, turned = false }: Shown) {
  const at = (x: number, y: number) => ({ x: 100 + x * sidePx, y: 100 + y * sidePx });
  const nose = turned ? at(0.75, 0.6) : at(0.5, 0.6);
  return {
    box: { x: 100, y: 100, width: sidePx, height: sidePx },
    score: 1,
    // The angle is written into the last corner of the mouth, for `align` to find.
    landmarks: [at(0.3, 0.4), at(0.7, 0.4), nose, at(0.35, 0.8), { x: at(0.65, 0).x, y: 180 + angle / 1000 }],
  };
}

/** A vision that sees what a script says, frame by frame, each step of which takes a millisecond of a made clock. */
function scripted(script: readonly (readonly Shown[])[]) {
  const clock = { ms: 0 };
  const asked = { follow: [] as object[], detect: [] as object[], embedded: [] as number[] };
  let frame = -1;
  const tick = <T>(value: T): Promise<T> => {
    clock.ms += 1;
    return Promise.resolve(value);
  };
  const vision: ChainVision = {
    follow: (options) => {
      asked.follow.push(options);
      return {
        update: () => {
          frame += 1;
          const large = (script[frame] ?? []).filter(({ sidePx = 120 }) => sidePx >= options.faceSizeMinPx);
          return tick(large.map((shown) => ({ id: shown.track, face: faceOf(shown), visible: true })));
        },
      };
    },
    detect: (_frame, options) => {
      asked.detect.push(options);
      return tick((script[frame] ?? []).map(faceOf));
    },
    align: (_frame, landmarks) => tick(Uint8Array.of(Math.round(((landmarks[4]?.y ?? 0) - 180) * 1000))),
    embed: (crops) => {
      asked.embedded.push(crops.length);
      return tick(crops.map(([angle = 0]) => Float32Array.of(Math.cos(rad(angle)), Math.sin(rad(angle)))));
    },
  };
  const trace = () => traceVideo(timed(script.length), { vision, search, settings, nowMs: () => clock.ms });
  return { trace, asked };
}

const rad = (degrees: number) => (degrees * Math.PI) / 180;

async function* timed(count: number) {
  for (let at = 0; at < count; at += 1) yield await Promise.resolve({ frame: FRAME, atMs: at * 100 });
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('traceVideo', () => {
  it('lets somebody pass after as many good frames as a door takes, and then looks no closer', async () => {
    const { trace, asked } = scripted([[], ...times(6, [{ track: 'a', angle: 10 }])]);
    const { decisions, frames } = await trace();

    expect(decisions).toEqual([
      {
        ...{ atMs: 300, reason: 'matched', personId: 'kim', bestPersonId: 'kim', frames: 3 },
        similarity: expect.closeTo(Math.cos(rad(10)), 5),
        // Follow, align, embed: a millisecond each.
        processingMs: 3,
      },
    ]);
    expect(asked.embedded).toEqual([1, 1, 1]);
    expect(frames.map(({ processingMs }) => processingMs)).toEqual([1, 3, 3, 3, 1, 1, 1]);
    expect(asked.follow).toEqual([{ faceSizeMinPx: 80, facesMax: 16 }]);
  });

  it('knows a face that is there from one that is large enough', async () => {
    const { trace, asked } = scripted([[], [{ track: 'a', sidePx: 50 }], [{ track: 'a' }]]);
    const { frames } = await trace();

    expect(frames.map(({ isSeen, isInRange }) => [isSeen, isInRange])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
    // Looked for only where the door follows none, and not in the door's time.
    expect(asked.detect).toEqual(times(2, { faceSizeMinPx: 40, facesMax: 1 }));
    expect(frames.map(({ processingMs }) => processingMs)).toEqual([1, 1, 3]);
  });

  it('refuses a stranger after a door’s patience, and says whom the face resembles', async () => {
    const { trace } = scripted(times(12, [{ track: 'a', angle: 100 }]));
    const { decisions } = await trace();

    expect(decisions).toMatchObject([
      { atMs: 800, reason: 'unknown-person', personId: null, bestPersonId: 'lee', frames: 9 },
    ]);
  });

  it('waits for a face that turns away, as a door does', async () => {
    const { trace } = scripted([...times(4, [{ track: 'a', turned: true }]), ...times(3, [{ track: 'a' }])]);
    const { decisions } = await trace();

    expect(decisions).toMatchObject([{ atMs: 600, personId: 'kim', frames: 3 }]);
  });

  it('decides on each face for itself, and anew on a new track', async () => {
    const both = [{ track: 'a' }, { track: 'b', angle: 60 }];
    const { trace } = scripted([...times(3, both), ...times(3, [{ track: 'c' }])]);
    const { decisions } = await trace();

    expect(decisions.map(({ atMs, personId }) => `${personId} at ${atMs}`).sort()).toEqual([
      ...['kim at 200', 'kim at 500', 'lee at 200'],
    ]);
  });
});
