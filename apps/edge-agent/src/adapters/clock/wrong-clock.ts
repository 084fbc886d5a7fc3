import { readFileSync } from 'node:fs';
import type { Clock } from '../../ports/clock';

/** For so long the file is not read again, ms. */
const READ_EVERY_MS = 200;

/** This computer's clocks, of which the wall clock is wrong by what a file says: a test steps it while the agent runs. */
export class WrongClock implements Clock {
  readonly #path: string;
  #byMs = 0;
  #readAtMs = -Infinity;

  constructor(path: string) {
    this.#path = path;
  }

  wallMs(): number {
    const now = performance.now();
    if (now - this.#readAtMs >= READ_EVERY_MS) {
      this.#readAtMs = now;
      this.#byMs = this.#read();
    }
    return Date.now() + this.#byMs;
  }

  monotonicMs(): number {
    return performance.now();
  }

  #read(): number {
    try {
      const value = Number(readFileSync(this.#path, 'utf8'));
      return Number.isFinite(value) ? value : 0;
    } catch {
      return 0;
    }
  }
}
