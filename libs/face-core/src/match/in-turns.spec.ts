import { inTurns } from './in-turns';

/** Steps of at least a millisecond each, which note how many turns had passed. */
function* slowSteps(count: number, turnsSoFar: () => number): Generator<void, number[]> {
  const turns: number[] = [];
  for (let step = 0; step < count; step += 1) {
    const endsAtMs = performance.now() + 1;
    while (performance.now() < endsAtMs);
    turns.push(turnsSoFar());
    yield;
  }
  return turns;
}

describe('inTurns', () => {
  let turns: number;
  let isCounting: boolean;

  beforeEach(() => {
    turns = 0;
    isCounting = true;
    const count = () => {
      turns += 1;
      if (isCounting) setImmediate(count);
    };
    setImmediate(count);
  });

  afterEach(() => {
    isCounting = false;
  });

  it('lets others have a turn at least every few steps of a millisecond', async () => {
    const seen = await inTurns(slowSteps(40, () => turns));
    // Whole again after every 4 ms: no turn holds more than four such steps, and a fifth that was begun in time.
    const perTurn = new Map<number, number>();
    for (const turn of seen) perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
    expect(seen).toHaveLength(40);
    expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(5);
  });

  it('gives works that follow one another a turn each', async () => {
    const first = await inTurns(slowSteps(1, () => turns));
    const second = await inTurns(slowSteps(1, () => turns));
    expect(second[0]).toBeGreaterThan(first[0] as number);
  });

  it('passes on what a step throws', async () => {
    const failing = (function* (): Generator<void, never> {
      yield;
      throw new Error('broken');
    })();
    await expect(inTurns(failing)).rejects.toThrow('broken');
  });
});
