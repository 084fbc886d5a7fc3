import { AgentError } from '../domain/agent-error';

/**
 * How much is sent, or asked for, at once: as much as there may be, a quarter of that whenever the link did not bring
 * it in time, and twice as much after each time that it did. What a slow link cannot carry within the limit of an
 * answer would otherwise be tried again for ever.
 */
export class BatchSize {
  #size = Infinity;

  /** At most `max`, at least 1. */
  within(max: number): number {
    return Math.max(1, Math.min(max, Math.floor(this.#size)));
  }

  /**
   * Does something of such a size, and learns from how it went.
   *
   * @param max what there may be at most
   */
  async attempt<T>(max: number, work: (size: number) => Promise<T>): Promise<T> {
    const size = this.within(max);
    try {
      const result = await work(size);
      this.#size = Math.max(this.#size, size * 2);
      return result;
    } catch (error) {
      if (error instanceof AgentError && error.code === 'uplink/no-answer') this.#size = size / 4;
      throw error;
    }
  }
}
