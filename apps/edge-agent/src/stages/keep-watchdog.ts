import type { SourceSign } from '../ports/frame-source';
import type { Clock } from '../ports/clock';
import type { Supervisor } from '../ports/supervisor';

/** A supervisor is told so many times within its patience. */
const TELLS_WITHIN = 4;

/**
 * Tells the supervisor that the agent is alive for as long as the door sees: when a frame went through all stages; when a
 * camera whose loss is known is tried again; and, where there is nothing to see, when the rules were looked at. Nothing
 * else counts: a pipeline that hangs is noticed though every timer runs.
 */
export class WatchdogKeeper {
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  #toldMs = Number.NEGATIVE_INFINITY;
  #isLost = false;
  #isIdle = false;
  #isStopping = false;

  constructor(options: { supervisor: Supervisor; clock: Clock }) {
    this.#supervisor = options.supervisor;
    this.#clock = options.clock;
  }

  /** The agent works. */
  ready(): void {
    this.#supervisor.tell('ready');
  }

  /** A frame went through all stages. */
  looked(): void {
    this.#isIdle = false;
    this.#feed();
  }

  /** The camera has a fault that was told of, or none. */
  lost(isLost: boolean): void {
    this.#isLost = isLost;
  }

  /** The camera's source does something. */
  sign(sign: SourceSign): void {
    this.#isIdle = sign === 'idle';
    if (sign === 'trying' && this.#isLost) this.#feed();
  }

  /** The door's mode was taken from its rules. */
  modeLooked(): void {
    if (this.#isIdle) this.#feed();
  }

  /** The agent ends in order. */
  stopping(): void {
    this.#isStopping = true;
    this.#supervisor.tell('stopping');
  }

  #feed(): void {
    const { patienceMs } = this.#supervisor;
    if (patienceMs === null || this.#isStopping) return;
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#toldMs < patienceMs / TELLS_WITHIN) return;
    this.#toldMs = nowMs;
    this.#supervisor.tell('alive');
  }
}
