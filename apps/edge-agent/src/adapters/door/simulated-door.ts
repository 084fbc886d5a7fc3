import type { Logger } from 'pino';
import type { DoorHardware, DoorHardwareSink, DoorInputName } from '../../ports/door-hardware';

/** A door of no wires: its relay is a line in the log, and its contacts are moved by whoever tries it out. */
export class SimulatedDoor implements DoorHardware {
  readonly #log: Logger;
  #sink: DoorHardwareSink | null = null;

  constructor(options: { log: Logger }) {
    this.#log = options.log;
  }

  start(sink: DoorHardwareSink): void {
    this.#sink = sink;
  }

  setRelay(position: 'energised' | 'released'): Promise<void> {
    this.#log.info({ relay: position }, 'relay moved');
    return Promise.resolve();
  }

  warn(isOn: boolean): Promise<void> {
    this.#log.info({ isOn }, 'warning light');
    return Promise.resolve();
  }

  /** Moves a contact as a hand would. */
  contact(name: DoorInputName, isClosed: boolean): void {
    this.#sink?.contact(name, isClosed);
  }

  close(): Promise<void> {
    this.#sink = null;
    return Promise.resolve();
  }
}
