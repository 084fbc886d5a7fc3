import type { Logger } from 'pino';
import type { DoorHardware } from '../../ports/door-hardware';

/** A door of no wires: its relay is a line in the log. */
export class SimulatedDoor implements DoorHardware {
  readonly #log: Logger;

  constructor(options: { log: Logger }) {
    this.#log = options.log;
  }

  setRelay(position: 'energised' | 'released'): Promise<void> {
    this.#log.info({ relay: position }, 'relay moved');
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
