import type { DoorHardware } from '../../ports/door-hardware';

/** A door that remembers how its relay moved, and breaks when told to. */
export class MemoryDoor implements DoorHardware {
  readonly moves: ('energised' | 'released')[] = [];
  isBroken = false;
  /** Called before each move. */
  onMove: (position: 'energised' | 'released') => void = () => undefined;

  setRelay(position: 'energised' | 'released'): Promise<void> {
    if (this.isBroken) return Promise.reject(new Error('The relay does not answer.'));
    this.onMove(position);
    this.moves.push(position);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
