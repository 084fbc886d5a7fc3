import { Injectable } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error';

/** Fewer than the connections of the database's pool, so that people at the console are not kept waiting by doors. */
const AT_ONCE_MAX = 6;
/** How long a new connection waits for its turn, ms; socket.io gives one up that is in no namespace by 10 s. */
const NEWCOMER_WAIT_MS = 4_000;
/** How long one waits that has been let in, ms; less than an agent waits for an answer. */
const KNOWN_WAIT_MS = 20_000;
/** After how long an agent that was sent away may try again, s; each takes a moment of its own about then. */
const RETRY_AFTER_SECONDS = 5;

/** Whose turn it is first: who has been let in and goes on, or who knocks. */
export type Standing = 'known' | 'newcomer';

interface Waiting {
  readonly begin: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Lets only so many agents come in at once: a thousand that return together after an outage would else wait for the
 * database all at once, each too long, and none get through. Whoever is half in goes before whoever knocks.
 */
@Injectable()
export class AgentAdmission {
  private busy = 0;
  private readonly waiting: Record<Standing, Set<Waiting>> = { known: new Set(), newcomer: new Set() };

  /** Does a step of coming in when it is its turn. @throws {AppError} `agent/unavailable` when that takes too long */
  async run<T>(standing: Standing, step: () => Promise<T>): Promise<T> {
    if (this.busy < AT_ONCE_MAX) this.busy++;
    else await this.turn(standing);
    try {
      return await step();
    } finally {
      this.next();
    }
  }

  /** The place passes from one to the next, so that `busy` stays as it is. */
  private turn(standing: Standing): Promise<void> {
    const queue = this.waiting[standing];
    return new Promise((resolve, reject) => {
      const waitMs = standing === 'known' ? KNOWN_WAIT_MS : NEWCOMER_WAIT_MS;
      const timer = setTimeout(() => {
        queue.delete(waiting);
        reject(tooMany());
      }, waitMs);
      const waiting: Waiting = { begin: resolve, timer };
      queue.add(waiting);
    });
  }

  private next(): void {
    for (const queue of [this.waiting.known, this.waiting.newcomer]) {
      for (const waiting of queue) {
        queue.delete(waiting);
        clearTimeout(waiting.timer);
        waiting.begin();
        return;
      }
    }
    this.busy--;
  }
}

function tooMany(): AppError {
  return new AppError('unavailable', 'agent/unavailable', 'Too many doors come in at once.', {
    detail: 'Try again after a moment.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
