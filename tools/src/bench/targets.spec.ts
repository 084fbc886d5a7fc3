import type { BenchResult } from './report';
import { CONTENDER, memoryVerdict, verdictsOf } from './targets';

const row = (over: Partial<BenchResult>): BenchResult => ({
  name: 'detect-cold',
  size: '640x360',
  minFacePx: 40,
  medianMs: 10,
  p95Ms: 12,
  peers: [],
  ...over,
});
const beside = (name: string, ratio: number) => [{ name, medianMs: 1, ratio }];

describe('a row’s targets', () => {
  it('are met on the limit and missed below it', () => {
    const at = (ratio: number) => verdictsOf(row({ peers: beside(CONTENDER.opencv, ratio) }))[0];
    expect(at(3)).toEqual({ target: '≥ 3x OpenCV DNN', met: true });
    expect(at(2.999)?.met).toBe(false);
  });

  it('cannot be judged without the peer that they speak of', () => {
    expect(verdictsOf(row({}))[0]).toEqual({ target: '≥ 3x OpenCV DNN', met: undefined });
  });

  it('hold a time for ncnn’s sizes alone', () => {
    const [, time] = verdictsOf(row({ medianMs: 14.6 }));
    expect(time).toEqual({ target: '≤ 14.5 ms (ncnn)', met: false });
    expect(verdictsOf(row({ minFacePx: 80 }))).toEqual([]);
  });

  it('hold the embedder to ncnn’s time on one thread and on two', () => {
    const embed = { size: '112x112', minFacePx: 0, medianMs: 5 };
    expect(verdictsOf(row({ ...embed, name: 'embed' }))).toEqual([{ target: '≤ 3.7 ms (ncnn)', met: false }]);
    expect(verdictsOf(row({ ...embed, name: 'embed-1-thread' }))).toEqual([
      { target: '≤ 6.6 ms (ncnn)', met: true },
    ]);
  });

  it('hold overheads on one thread too', () => {
    const peers = beside(CONTENDER.bareNetworks, 0.79);
    expect(verdictsOf(row({ name: 'detect-overhead-1-thread', peers }))).toEqual([
      { target: '≤ 1.25x bare networks', met: false },
    ]);
  });
});

describe('the memory target', () => {
  const memory = { frames: 3000, firstMiB: 200, lastMiB: 201, bytesPerFrame: 300 };

  it('is met when nothing is kept, and not judged on a short run that kept something', () => {
    expect(memoryVerdict({ memory: { ...memory, bytesPerFrame: 9 } }).met).toBe(true);
    expect(memoryVerdict({ memory }).met).toBeUndefined();
    expect(memoryVerdict({}).met).toBeUndefined();
  });

  it('is missed when a long run kept something', () => {
    expect(memoryVerdict({ memory: { ...memory, frames: 100_000 } }).met).toBe(false);
  });
});
