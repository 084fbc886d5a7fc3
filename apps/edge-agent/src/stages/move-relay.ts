import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import { Backoff } from '../domain/backoff';
import type { DoorHardware } from '../ports/door-hardware';

type Position = 'energised' | 'released';

/** What a mover of a relay works with. */
export interface RelayMoverOptions {
  readonly hardware: Pick<DoorHardware, 'setRelay'>;
  readonly log: Logger;
  /** What keeps the relay from moving, in words for people; null when it moves again. */
  readonly onFault: (message: string | null) => void;
  /** Called when the relay is known to have moved, or to have fallen. */
  readonly onMoved: () => void;
  readonly backoff?: Backoff;
}

/**
 * Moves a relay to where it should be, in the order that was asked for, and tells where it is known to be. A move that
 * fails is tried again, with pauses, for as long as the relay should be there.
 */
export class RelayMover {
  readonly #options: RelayMoverOptions;
  readonly #backoff: Backoff;
  #wanted: Position = 'released';
  #position: Position = 'released';
  #moves: Promise<void> = Promise.resolve();
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: RelayMoverOptions) {
    this.#options = options;
    this.#backoff = options.backoff ?? new Backoff({ baseMs: 400, capMs: 5_000 });
  }

  /** Where the relay last said that it is: what was asked for and not answered does not count. */
  get position(): Position {
    return this.#position;
  }

  /** Moves the relay. @returns whether it moved; false too when the next move was asked for meanwhile */
  async move(position: Position): Promise<boolean> {
    this.#wanted = position;
    this.#enqueue(position);
    await this.#moves;
    return this.#position === position;
  }

  /** The relay fell by itself; it is moved again if it should not have. */
  lost(message: string): void {
    this.#put('released');
    if (this.#wanted === 'energised') this.#fail(message);
  }

  /** Moves no more. @returns once what was asked for is done, or has failed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#moves;
  }

  #enqueue(position: Position): void {
    clearTimeout(this.#retry);
    this.#moves = this.#moves.then(() => this.#move(position));
  }

  async #move(position: Position): Promise<void> {
    const { hardware, log, onFault } = this.#options;
    try {
      await hardware.setRelay(position);
    } catch (error) {
      log.error({ err: error, relay: position }, 'relay did not move');
      if (position === this.#wanted) this.#fail(messageOf(error));
      return;
    }
    this.#backoff.reset();
    this.#put(position);
    onFault(null);
  }

  #fail(message: string): void {
    this.#options.onFault(`The lock does not answer. ${message}`);
    if (this.#isClosed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#enqueue(this.#wanted), this.#backoff.nextDelayMs());
  }

  #put(position: Position): void {
    if (position === this.#position) return;
    this.#position = position;
    this.#options.onMoved();
  }
}
