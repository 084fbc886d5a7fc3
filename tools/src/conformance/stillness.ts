type Side = 'changing' | 'still';

interface Waiting {
  readonly side: Side;
  readonly begin: () => void;
}

/**
 * Lets many change something at once, or many rely on it to be still at once, and never both: in turns, in the order
 * in which they came.
 */
export class Stillness {
  readonly #waiting: Waiting[] = [];
  #side: Side = 'changing';
  #underWay = 0;

  /** Does what changes it. */
  changing<T>(work: () => Promise<T>): Promise<T> {
    return this.#take('changing', work);
  }

  /** Does what needs it to be still. */
  still<T>(work: () => Promise<T>): Promise<T> {
    return this.#take('still', work);
  }

  async #take<T>(side: Side, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.#waiting.push({ side, begin });
      this.#go();
    });
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#go();
    }
  }

  #go(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#underWay > 0 && next.side !== this.#side) return;
      this.#side = next.side;
      this.#underWay += 1;
      this.#waiting.shift();
      next.begin();
    }
  }
}
