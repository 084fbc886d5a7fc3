import type { Clock } from '../ports/clock';

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  atMs = 1000;
  wallAtMs = Date.parse('2026-10-01T09:00:00Z');

  wallMs(): number {
    return this.wallAtMs;
  }

  monotonicMs(): number {
    return this.atMs;
  }

  /** Moves both clocks on. */
  advance(ms: number): void {
    this.atMs += ms;
    this.wallAtMs += ms;
  }
}
