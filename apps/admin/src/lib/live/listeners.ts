/** A set of callbacks for one kind of message. */
export class Listeners<T> {
  readonly #callbacks = new Set<(value: T) => void>();

  /** Adds a callback; the function returned takes it away again. */
  add(callback: (value: T) => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  /** Calls each with the value. */
  emit(value: T): void {
    for (const callback of this.#callbacks) callback(value);
  }
}
