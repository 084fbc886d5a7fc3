/** A comparison that a threshold would decide wrongly, or comes nearest to it. */
export interface Mistake {
  /** `false-match`: two people who look alike; `false-non-match`: one person who does not look like themselves. */
  readonly kind: 'false-match' | 'false-non-match';
  readonly score: number;
  /** Indexes in the list of pictures. */
  readonly a: number;
  readonly b: number;
}

const KEPT = 12;

/** Keeps the worst comparisons of either kind out of any number, in little memory. */
export class WorstMistakes {
  readonly #worst: Record<Mistake['kind'], Mistake[]> = { 'false-match': [], 'false-non-match': [] };

  /** Offers a comparison; it is kept while it is among the worst of its kind. */
  offer(same: boolean, score: number, a: number, b: number): void {
    const kind = same ? 'false-non-match' : 'false-match';
    const worst = this.#worst[kind];
    const last = worst[KEPT - 1];
    if (last && !(same ? score < last.score : score > last.score)) return;
    worst.push({ kind, score, a, b });
    worst.sort((one, other) => (same ? one.score - other.score : other.score - one.score));
    worst.length = Math.min(worst.length, KEPT);
  }

  /** The worst first, false matches before false non-matches. */
  list(): Mistake[] {
    return [...this.#worst['false-match'], ...this.#worst['false-non-match']];
  }
}
