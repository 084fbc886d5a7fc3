import type { DoorHardwareSink, DoorInputName } from '../ports/door-hardware';

/** Keeps what the wires of a door say. */
export class RecordingSink implements DoorHardwareSink {
  readonly contacts: [DoorInputName, boolean | null][] = [];
  readonly losses: string[] = [];
  readonly faults: (string | null)[] = [];

  contact(name: DoorInputName, isClosed: boolean | null): void {
    this.contacts.push([name, isClosed]);
  }

  relayLost(message: string): void {
    this.losses.push(message);
  }

  fault(message: string | null): void {
    this.faults.push(message);
  }
}
