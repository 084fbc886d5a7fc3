import { chooseFace } from './choose-face';
import { runLanes } from './run-lanes';

describe('chooseFace', () => {
  const face = (x: number, y: number, size: number) => ({
    box: { x, y, width: size, height: size },
    score: 1,
    landmarks: [],
  });
  const picture = { width: 200, height: 200 };

  it('takes the one in the middle from among equals', () => {
    expect(chooseFace([face(0, 0, 60), face(70, 70, 60), face(140, 0, 60)], picture)?.box.x).toBe(70);
  });

  it('takes a much larger one off the middle', () => {
    expect(chooseFace([face(85, 85, 30), face(30, 30, 120)], picture)?.box.width).toBe(120);
  });

  it('takes none where there is none', () => {
    expect(chooseFace([], picture)).toBeUndefined();
  });
});

describe('runLanes', () => {
  it('gives every item to exactly one lane', async () => {
    const seen: number[] = [];
    await runLanes({ count: 23, lanes: 4, chunk: 3 }, async (_, indexes) => {
      await Promise.resolve();
      seen.push(...indexes);
    });

    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, at) => at));
  });

  it('stops at the first failure, when the lanes at work have ended', async () => {
    let working = 0;
    let taken = 0;
    const run = runLanes({ count: 100, lanes: 3, chunk: 1 }, async (_, [index]) => {
      working += 1;
      taken += 1;
      await Promise.resolve();
      working -= 1;
      if (index === 4) throw new Error('no good');
    });

    await expect(run).rejects.toThrow('no good');
    expect(working).toBe(0);
    expect(taken).toBeLessThan(20);
  });
});
