import { Injectable } from '@nestjs/common';

/** How many logins may fail within the window before more are refused unseen. */
const FAILURES_MAX = { account: 10, address: 30 } as const;
const WINDOW_MS = 15 * 60_000;
/** Bound on memory: beyond it the oldest counts are forgotten. */
const COUNTS_MAX = 10_000;

interface Count {
  failures: number;
  /** When the first of them happened, ms since the epoch. */
  sinceMs: number;
}

/**
 * Slows guessing down: counts failed logins by account and by address.
 *
 * An attempt counts as failed from its beginning until it succeeds, so that parallel guesses do not slip through.
 */
@Injectable()
export class LoginThrottle {
  private readonly counts = new Map<string, Count>();

  /**
   * Counts an attempt.
   *
   * @returns how long to wait in seconds when it must be refused, or null when it may be checked.
   */
  begin(email: string, address: string, nowMs = Date.now()): number | null {
    const waits = keys(email, address).map(([key, max]) => {
      const count = this.counts.get(key);
      if (!count || nowMs - count.sinceMs >= WINDOW_MS || count.failures < max) return 0;
      return Math.ceil((count.sinceMs + WINDOW_MS - nowMs) / 1000);
    });
    const wait = Math.max(...waits);
    if (wait > 0) return wait;
    for (const [key] of keys(email, address)) this.add(key, nowMs);
    return null;
  }

  /** Takes the attempt back: it was the right password. The account starts anew. */
  succeed(email: string, address: string): void {
    const [[accountKey], [addressKey]] = keys(email, address);
    this.counts.delete(accountKey);
    const count = this.counts.get(addressKey);
    if (count && --count.failures <= 0) this.counts.delete(addressKey);
  }

  private add(key: string, nowMs: number): void {
    const count = this.counts.get(key);
    if (count && nowMs - count.sinceMs < WINDOW_MS) {
      count.failures++;
      return;
    }
    this.counts.delete(key);
    this.counts.set(key, { failures: 1, sinceMs: nowMs });
    const oldest = this.counts.keys().next();
    if (this.counts.size > COUNTS_MAX && !oldest.done) this.counts.delete(oldest.value);
  }
}

function keys(email: string, address: string): [[string, number], [string, number]] {
  return [
    [`account ${email}`, FAILURES_MAX.account],
    [`address ${address}`, FAILURES_MAX.address],
  ];
}
