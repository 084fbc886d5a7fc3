import { setTimeout as pause } from 'node:timers/promises';

/** One of several that do the same work, and is timed at it. */
export interface Runner<Answer> {
  readonly name: string;
  /** Does the work of a round; says how long that took, without what it cost to ask. */
  run(round: number): Promise<{ readonly ms: number; readonly answer: Answer }>;
}

/** How long and how often. */
export interface InterleaveOptions {
  /** Rounds that are not counted, so that caches, memory and compilers are warm. */
  readonly warmUps: number;
  /** Rounds that count, at least 1. */
  readonly rounds: number;
  /** Rest before each run, so that threads of the one before, which still spin, take nothing from it. */
  readonly restMs: number;
}

/** What one runner did in the rounds that count, in their order. */
export interface Measured<Answer> {
  readonly name: string;
  readonly times: readonly number[];
  readonly answers: readonly Answer[];
}

/**
 * Runs all in turn, round by round, so that a burst of load on the machine hits all alike. Who begins changes from
 * round to round.
 *
 * @returns one entry a runner, in their order
 * @throws the first error of any runner
 */
export async function interleave<Answer>(
  runners: readonly Runner<Answer>[],
  options: InterleaveOptions,
): Promise<Measured<Answer>[]> {
  const measured = runners.map(({ name }) => ({ name, times: [] as number[], answers: [] as Answer[] }));
  for (let round = -options.warmUps; round < options.rounds; round += 1) {
    for (let turn = 0; turn < runners.length; turn += 1) {
      const index = (turn + round + options.warmUps) % runners.length;
      if (options.restMs > 0) await pause(options.restMs);
      // Warm-ups see the work of the rounds to come, not one piece over and over.
      const { ms, answer } = await (runners[index] as Runner<Answer>).run(round < 0 ? -1 - round : round);
      if (round < 0) continue;
      measured[index]?.times.push(ms);
      measured[index]?.answers.push(answer);
    }
  }
  return measured;
}
