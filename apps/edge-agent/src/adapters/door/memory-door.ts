import type { DoorHardware, DoorHardwareSink, DoorInputName } from '../../ports/door-hardware';

/** A door that remembers how its relay moved, breaks when told to, and whose contacts a test moves. */
export class MemoryDoor implements DoorHardware {
  readonly moves: ('energised' | 'released')[] = [];
  readonly warnings: boolean[] = [];
  isBroken = false;
  #sink: DoorHardwareSink | null = null;
  /** Called before each move. */
  onMove: (position: 'energised' | 'released') => void = () => undefined;

  start(sink: DoorHardwareSink): void {
    this.#sink = sink;
  }

  setRelay(position: 'energised' | 'released'): Promise<void> {
    if (this.isBroken) return Promise.reject(new Error('The relay does not answer.'));
    this.onMove(position);
    this.moves.push(position);
    return Promise.resolve();
  }

  warn(isOn: boolean): Promise<void> {
    this.warnings.push(isOn);
    return Promise.resolve();
  }

  /** Moves a contact. */
  contact(name: DoorInputName, isClosed: boolean | null): void {
    this.#sink?.contact(name, isClosed);
  }

  /** Lets the relay fall by itself. */
  fall(): void {
    this.#sink?.relayLost('The relay fell.');
  }

  /** Breaks the wires, or mends them. */
  fault(message: string | null): void {
    this.#sink?.fault(message);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
