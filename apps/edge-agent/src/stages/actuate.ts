import type { Logger } from 'pino';
import { LOCKED, stepDoor, type DoorInput, type DoorLock } from '../domain/door-machine';
import type { Clock } from '../ports/clock';
import type { DoorHardware } from '../ports/door-hardware';

/** What a door's actuator works with. */
export interface ActuatorOptions {
  readonly hardware: DoorHardware;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when the lock changed. */
  readonly onLock: (lock: DoorLock['lock']) => void;
}

/**
 * Moves the relay as the door's state machine says, and relocks in time.
 *
 * Moves happen one after the other, in the order of their causes. A relay that fails to move is logged; a door that
 * could not be released is tried again until it is.
 */
export class DoorActuator {
  readonly #options: ActuatorOptions;
  #state: DoorLock = LOCKED;
  #moves: Promise<void> = Promise.resolve();
  #relock: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ActuatorOptions) {
    this.#options = options;
  }

  /** The lock as it is meant to be. */
  get lock(): DoorLock['lock'] {
    return this.#state.lock;
  }

  /** Unlocks the door for this long from now. */
  grant(unlockMs: number): void {
    if (this.#isClosed) return;
    this.#step({ kind: 'grant', atMs: this.#options.clock.monotonicMs(), unlockMs });
  }

  /** Locks the door for good. @returns once the relay is released. */
  async close(): Promise<void> {
    this.#step({ kind: 'shutdown' });
    this.#isClosed = true;
    await this.#moves;
    await this.#options.hardware.close();
  }

  #step(input: DoorInput): void {
    const before = this.#state.lock;
    const { state, relay } = stepDoor(this.#state, input);
    this.#state = state;
    if (relay) this.#moves = this.#moves.then(() => this.#move(relay));
    this.#schedule();
    if (state.lock !== before) this.#options.onLock(state.lock);
  }

  #schedule(): void {
    clearTimeout(this.#relock);
    if (this.#state.lock === 'locked') return;
    const { clock } = this.#options;
    const waitMs = Math.max(0, Math.ceil(this.#state.untilMs - clock.monotonicMs()));
    this.#relock = setTimeout(() => this.#step({ kind: 'tick', atMs: clock.monotonicMs() }), waitMs);
  }

  async #move(relay: 'energise' | 'release'): Promise<void> {
    const { hardware, log } = this.#options;
    try {
      await hardware.setRelay(relay === 'energise' ? 'energised' : 'released');
    } catch (error) {
      log.error({ err: error, relay }, 'relay did not move');
      if (relay === 'release' && !this.#isClosed) this.#releaseAgain();
    }
  }

  #releaseAgain(): void {
    setTimeout(() => {
      if (this.#state.lock === 'locked' && !this.#isClosed)
        this.#moves = this.#moves.then(() => this.#move('release'));
    }, 1000).unref();
  }
}
