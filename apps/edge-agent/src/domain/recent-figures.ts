/** The latest of many measurements, so many at most. */
export class RecentFigures {
  readonly #figures: number[] = [];
  readonly #countMax: number;

  /** @param countMax older ones are forgotten. Default 500. */
  constructor(countMax = 500) {
    this.#countMax = countMax;
  }

  get count(): number {
    return this.#figures.length;
  }

  add(figure: number): void {
    this.#figures.push(figure);
    if (this.#figures.length > this.#countMax) this.#figures.shift();
  }

  /** @param share 0 to 1. @returns the least figure that this share of them does not exceed; null when there is none */
  quantile(share: number): number | null {
    const sorted = [...this.#figures].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  }
}
