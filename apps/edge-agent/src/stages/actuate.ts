import type { DoorCondition, DoorMode, DoorSettings } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { refusalFor, stepDoor, type DoorInput } from '../domain/door-machine';
import {
  nextChangeMs,
  standingOf,
  UNTOUCHED_DOOR,
  type DoorFact,
  type DoorState,
  type UnlockFor,
} from '../domain/door-state';
import type { Clock } from '../ports/clock';
import type { DoorHardware, DoorInputName } from '../ports/door-hardware';
import { RelayMover } from './move-relay';
import { InputReader } from './read-inputs';

/** What a door has to tell of, its wires included. */
export type DoorHappening =
  | DoorFact
  | { readonly kind: 'hardware-fault'; readonly fault: string }
  | { readonly kind: 'hardware-restored' };

/** What a door's actuator works with. */
export interface ActuatorOptions {
  readonly hardware: DoorHardware;
  readonly clock: Clock;
  readonly log: Logger;
  /** The settings in force; read anew for every step. */
  readonly settings: () => DoorSettings;
  /** Called when the lock, or anything else of the door's condition, changed. */
  readonly onChange: () => void;
  /** Called for everything that happened, in its order. */
  readonly onHappening: (happening: DoorHappening) => void;
}

/** An unlocking for a moment. */
export interface UnlockRequest {
  readonly unlockMs: number;
  readonly by: Exclude<UnlockFor, 'exit'>;
  readonly extended?: boolean;
  /** The event of the grant, of which the door later tells whether access was taken. */
  readonly eventId?: string;
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never;

/** The longest wait that a timer can be given. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * Moves the relay as the door's state machine says, reads the door's contacts, and relocks in time.
 *
 * A relay that fails to move is told of, and the door counts as unlocked only once the relay has said so.
 */
export class DoorActuator {
  readonly #options: ActuatorOptions;
  readonly #inputs: InputReader;
  readonly #relay: RelayMover;
  #state: DoorState = UNTOUCHED_DOOR;
  #warnings: Promise<void> = Promise.resolve();
  #moved: Promise<boolean> = Promise.resolve(false);
  #timer: NodeJS.Timeout | undefined;
  readonly #faults: { relay: string | null; wires: string | null } = { relay: null, wires: null };
  /** Whether the wires were reached since the start. */
  #isReached = false;
  #told = '';
  #isClosed = false;

  constructor(options: ActuatorOptions) {
    this.#options = options;
    this.#inputs = new InputReader({
      settings: options.settings,
      onInput: (name, isActive) => this.#takeInput(name, isActive),
    });
    const { hardware, log } = options;
    this.#relay = new RelayMover({
      ...{ hardware, log, onMoved: () => this.#tellChange() },
      onFault: (message) => this.#setFault('relay', message),
    });
    this.#told = JSON.stringify(this.condition) + this.lock;
  }

  /** The lock as the relay said that it is; one that failed to lock counts as unlocked. */
  get lock(): 'locked' | 'unlocked' {
    return this.#relay.position === 'energised' ? 'unlocked' : 'locked';
  }

  /** The door as it is. */
  get condition(): DoorCondition {
    const { isOpen, opening, tamper, fire } = this.#state;
    return {
      standing: standingOf(this.#state, this.#relay.position === 'energised'),
      position: isOpen === null ? 'unknown' : isOpen ? 'open' : 'closed',
      alarm: opening?.alarm ?? 'normal',
      warning: opening?.warned ?? false,
      tamper: tamper ?? false,
      fireRelease: fire,
      hardwareFault: this.#fault,
    };
  }

  /** Which inputs are active; null, or not there: that cannot be told. */
  get inputs(): InputReader['inputs'] {
    return this.#inputs.inputs;
  }

  /** Begins to read the door's contacts. */
  start(): void {
    this.#options.hardware.start({
      contact: (name, isClosed) => this.#inputs.contact(name, isClosed),
      relayLost: (message) => this.#relay.lost(message),
      fault: (message) => this.#setFault('wires', message),
    });
  }

  /** Why the door would not unlock for somebody now; null when it would. */
  refusalFor(by: UnlockFor): ReturnType<typeof refusalFor> {
    return refusalFor(this.#state, by);
  }

  /** Unlocks the door for this long from now. @returns whether it may: a door that is blocked does not unlock */
  unlock({ unlockMs, by, extended, eventId }: UnlockRequest): boolean {
    if (this.#isClosed) return false;
    const isAllowed = this.refusalFor(by) === null;
    const more = {
      ...(extended === undefined ? {} : { extended }),
      ...(eventId === undefined ? {} : { eventId }),
    };
    this.#step({ kind: 'unlock', unlockMs, by, ...more });
    return isAllowed;
  }

  /** Waits for the relay's last move. @returns whether the relay has said that it unlocks */
  async hasUnlocked(): Promise<boolean> {
    return (await this.#moved) && this.lock === 'unlocked';
  }

  /** Whether the door's rules hold it unlocked. */
  get isUnlockedForAll(): boolean {
    return this.#state.isEnergised && this.#state.mode === 'unlocked';
  }

  /** Ends an unlocking for a moment, if there is one. */
  relock(): void {
    if (!this.#isClosed) this.#step({ kind: 'lock' });
  }

  /** Sets the door as its rules say; an unlocked mode ends by itself unless it is said again within `forMs`. */
  setMode(mode: DoorMode, { isEmergency, forMs }: { isEmergency: boolean; forMs: number }): void {
    if (!this.#isClosed) this.#step({ kind: 'mode', mode, isEmergency, forMs });
  }

  /** The door's settings changed. */
  settingsChanged(): void {
    this.#inputs.refresh();
    if (!this.#isClosed) this.#step({ kind: 'tick' });
  }

  /** Locks the door for good. @returns once the relay is released. */
  async close(): Promise<void> {
    this.#step({ kind: 'shutdown' });
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#inputs.close();
    await this.#relay.close();
    await this.#warnings;
    await this.#options.hardware.close();
  }

  #takeInput(name: DoorInputName, isActive: boolean | null): void {
    if (this.#isClosed) return;
    if (name === 'position') this.#step({ kind: 'position', isOpen: isActive });
    else if (isActive === null) return;
    else if (name !== 'rex') this.#step({ kind: name, isActive });
    else if (isActive) this.#step({ kind: 'rex' });
  }

  #step(input: WithoutTime<DoorInput>): void {
    const { clock, settings, onHappening, hardware } = this.#options;
    const wasWarned = this.#state.opening?.warned ?? false;
    const timed = { ...input, atMs: clock.monotonicMs() };
    const { state, relay, facts } = stepDoor(this.#state, timed, settings());
    this.#state = state;
    if (relay) this.#moved = this.#relay.move(relay === 'energise' ? 'energised' : 'released');
    const isWarned = state.opening?.warned ?? false;
    if (isWarned !== wasWarned && hardware.warn)
      this.#warnings = this.#warnings.then(() => this.#warn(isWarned));
    this.#schedule();
    for (const fact of facts) onHappening(fact);
    // A relay that is on its way tells when it is there.
    if (!relay) this.#tellChange();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { clock, settings } = this.#options;
    const atMs = nextChangeMs(this.#state, settings());
    if (atMs === null) return;
    const waitMs = Math.min(TIMER_MAX_MS, Math.max(0, Math.ceil(atMs - clock.monotonicMs())));
    this.#timer = setTimeout(() => this.#step({ kind: 'tick' }), waitMs);
  }

  async #warn(isOn: boolean): Promise<void> {
    const { hardware, log } = this.#options;
    try {
      await hardware.warn?.(isOn);
    } catch (error) {
      log.error({ err: error }, 'warning at the door failed');
    }
  }

  get #fault(): string | null {
    return this.#faults.wires ?? this.#faults.relay;
  }

  #setFault(part: 'relay' | 'wires', message: string | null): void {
    const before = this.#fault;
    this.#faults[part] = message?.slice(0, 500) ?? null;
    const fault = this.#fault;
    if (fault !== before) this.#tellFault(fault, before === null);
    // Of a fault that an earlier run told of, only this says that it is over.
    else if (fault === null && part === 'wires' && !this.#isReached) this.#tellFault(null, true);
    this.#isReached ||= part === 'wires' && fault === null;
    this.#tellChange();
  }

  #tellFault(fault: string | null, isNew: boolean): void {
    const { log, onHappening } = this.#options;
    if (fault === null) log.info('door hardware is reached');
    else log.error({ fault }, 'door hardware fault');
    if (fault === null) onHappening({ kind: 'hardware-restored' });
    else if (isNew) onHappening({ kind: 'hardware-fault', fault });
  }

  #tellChange(): void {
    const now = JSON.stringify(this.condition) + this.lock;
    if (now === this.#told) return;
    this.#told = now;
    this.#options.onChange();
  }
}
