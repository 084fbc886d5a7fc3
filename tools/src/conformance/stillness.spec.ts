import { Stillness } from './stillness';

describe('stillness', () => {
  const log: string[] = [];
  let stillness: Stillness;
  /** Work of a side that ends when it is told to. */
  const work = (side: 'changing' | 'still', name: string) => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const done = stillness[side](async () => {
      log.push(`${name} begins`);
      await ended;
      log.push(`${name} ends`);
    });
    return async () => {
      end();
      await done;
      await new Promise(setImmediate);
    };
  };

  beforeEach(() => {
    log.length = 0;
    stillness = new Stillness();
  });

  it('lets those of one side work at once, and those of the other after them, in the order in which they came', async () => {
    const ends = [
      work('changing', 'A'),
      work('changing', 'B'),
      work('still', 'C'),
      work('still', 'D'),
      work('changing', 'E'),
    ];
    for (const end of ends.slice(0, 2)) await end();
    expect(log).toEqual(['A begins', 'B begins', 'A ends', 'B ends', 'C begins', 'D begins']);
    for (const end of ends.slice(2)) await end();
    expect(log.slice(6)).toEqual(['C ends', 'D ends', 'E begins', 'E ends']);
  });

  it('makes who comes later wait behind those who wait, and goes on after work that fails', async () => {
    const first = work('still', 'A');
    const failing = stillness
      .changing(() => Promise.reject(new Error(`in vain after ${log.join()}`)))
      .catch(String);
    const last = work('still', 'B');
    await first();
    expect(await failing).toBe('Error: in vain after A begins,A ends');
    await last();
    expect(log).toEqual(['A begins', 'A ends', 'B begins', 'B ends']);
  });
});
