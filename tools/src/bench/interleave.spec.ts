import { interleave, type Runner } from './interleave';

describe('interleaved runs', () => {
  const runners = (log: string[], names: readonly string[]): Runner<string>[] =>
    names.map((name) => ({
      name,
      run: (round) => {
        log.push(`${name}${round}`);
        return Promise.resolve({ ms: log.length, answer: `${name}${round}` });
      },
    }));

  it('give every runner every round before the next round begins, and change who begins', async () => {
    const log: string[] = [];
    await interleave(runners(log, ['a', 'b', 'c']), { warmUps: 0, rounds: 3, restMs: 0 });
    expect(log).toEqual(['a0', 'b0', 'c0', 'b1', 'c1', 'a1', 'c2', 'a2', 'b2']);
  });

  it('count no warm-up', async () => {
    const log: string[] = [];
    const [a] = await interleave(runners(log, ['a']), { warmUps: 2, rounds: 2, restMs: 0 });
    expect(log).toEqual(['a1', 'a0', 'a0', 'a1']);
    expect(a).toEqual({ name: 'a', times: [3, 4], answers: ['a0', 'a1'] });
  });

  it('keep each runner’s times and answers in the order of the rounds', async () => {
    const [a, b] = await interleave(runners([], ['a', 'b']), { warmUps: 1, rounds: 3, restMs: 0 });
    expect(a?.answers).toEqual(['a0', 'a1', 'a2']);
    expect(b?.answers).toEqual(['b0', 'b1', 'b2']);
    expect(b?.times).toHaveLength(3);
  });

  it('end at the first error', async () => {
    const failing: Runner<string> = { name: 'bad', run: () => Promise.reject(new Error('no')) };
    await expect(interleave([failing], { warmUps: 0, rounds: 5, restMs: 0 })).rejects.toThrow('no');
  });
});
