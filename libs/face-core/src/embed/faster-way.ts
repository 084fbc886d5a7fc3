/** The slower way is tried again once in so many runs: a machine's load changes. */
const TRIED_AGAIN_EVERY = 24;
/** How much the newest run counts. */
const NEWEST_SHARE = 0.3;

/**
 * Does the same in the faster of two ways, found out by trying.
 *
 * Two threads that wait for each other awake embed one face in 60 % of the time of one thread on an idle machine, and in
 * twice as long on a busy one. Which it is, is known only while it runs.
 */
export class FasterWay {
  /** Milliseconds that each way took lately. */
  readonly #ms: [number | undefined, number | undefined] = [undefined, undefined];
  #runs = 0;

  /** @param now a clock in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Runs one of the two. */
  async run<T>(ways: readonly [() => Promise<T>, () => Promise<T>]): Promise<T> {
    const way = this.#next();
    this.#runs += 1;
    const startedAt = this.now();
    const result = await ways[way]();
    const took = this.now() - startedAt;
    const before = this.#ms[way] ?? took;
    this.#ms[way] = before + NEWEST_SHARE * (took - before);
    return result;
  }

  #next(): 0 | 1 {
    const [first, second] = this.#ms;
    if (first === undefined) return 0;
    if (second === undefined) return 1;
    const faster = second < first ? 1 : 0;
    if (this.#runs % TRIED_AGAIN_EVERY !== 0) return faster;
    return faster === 0 ? 1 : 0;
  }
}
