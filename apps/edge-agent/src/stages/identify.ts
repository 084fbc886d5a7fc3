import { setTimeout as sleep } from 'node:timers/promises';
import type { DoorHardware } from '../ports/door-hardware';

/** What making a door known works with. */
export interface IdentifierOptions {
  readonly hardware: Pick<DoorHardware, 'warn'>;
  /** Whether the door warns of standing open now, which it goes on with afterwards. */
  readonly isWarning: () => boolean;
  /** Default 500. */
  readonly blinkMs?: number;
}

/** Makes a door known to whoever looks for it: its warning light blinks, and its pictures say so. */
export class Identifier {
  readonly #options: IdentifierOptions;
  #isOn = false;

  constructor(options: IdentifierOptions) {
    this.#options = options;
  }

  /** Whether the door makes itself known now. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Blinks for so long. @returns when it is over, and the light is as it should be */
  async identify(forMs: number): Promise<void> {
    const { hardware, isWarning, blinkMs = 500 } = this.#options;
    this.#isOn = true;
    try {
      for (let leftMs = forMs, isLit = true; leftMs > 0; leftMs -= blinkMs, isLit = !isLit) {
        await hardware.warn?.(isLit);
        // An agent that stops does not wait for it.
        await sleep(Math.min(blinkMs, leftMs), undefined, { ref: false });
      }
    } finally {
      this.#isOn = false;
      await hardware.warn?.(isWarning());
    }
  }
}
