import { FasterWay } from './faster-way';

/** Two ways that take as long as they say, on a clock of their own. */
function ways(ms: [number, number]) {
  let now = 0;
  const taken: number[] = [];
  const way = (index: 0 | 1) => () => {
    taken.push(index);
    now += ms[index];
    return Promise.resolve(index);
  };
  const faster = new FasterWay(() => now);
  return { ms, taken, run: () => faster.run([way(0), way(1)]) };
}

describe('FasterWay', () => {
  it('tries both, then keeps to the faster and looks at the other now and then', async () => {
    const { run, taken } = ways([3, 2]);

    for (let index = 0; index < 100; index += 1) await run();

    expect(taken.slice(0, 2)).toEqual([0, 1]);
    const slower = taken.filter((index) => index === 0).length;
    expect(slower).toBeGreaterThanOrEqual(3);
    expect(slower).toBeLessThanOrEqual(6);
  });

  it('changes over when the faster becomes the slower', async () => {
    const { run, taken, ms } = ways([3, 2]);
    for (let index = 0; index < 30; index += 1) await run();

    ms[1] = 9;
    for (let index = 0; index < 30; index += 1) await run();

    expect(taken.slice(-10).filter((index) => index === 1).length).toBeLessThanOrEqual(1);
  });

  it('passes a failure on', async () => {
    const failing = () => Promise.reject(new Error('no'));

    await expect(new FasterWay().run([failing, failing])).rejects.toThrow('no');
  });
});
