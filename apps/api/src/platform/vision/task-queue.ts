import { AppError } from '../errors/app-error';

/** Runs tasks one after the other, in the order in which they came, and refuses when too many wait. */
export class TaskQueue {
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly waitingMax: number) {}

  /** @throws {AppError} `vision/busy` when the queue is full; else what the task throws. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.waitingMax) {
      throw new AppError('unavailable', 'vision/busy', 'Too many pictures wait to be looked at.', {
        detail: 'Send it again in a moment.',
        retryAfterSeconds: 5,
      });
    }
    this.waiting++;
    const result = this.last.then(task, task);
    this.last = result;
    try {
      return await result;
    } finally {
      this.waiting--;
    }
  }
}
