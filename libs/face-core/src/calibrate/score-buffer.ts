/** A list of numbers that grows, eight bytes each. */
export class ScoreBuffer {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(this.#length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  /** What was pushed, in order. The buffer must not be used after. */
  take(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
