import type { DoorId, LiveFrame } from '@munjigi/contracts';
import { Listeners } from './listeners';

/** A frame with the moment it came, ms since the page began (monotonic). */
export interface ReceivedFrame {
  readonly frame: LiveFrame;
  readonly receivedMs: number;
}

/** The newest frame of each door; an older one is forgotten, never queued. */
export class FrameStore {
  readonly #newest = new Map<DoorId, ReceivedFrame>();
  readonly #listeners = new Map<DoorId, Listeners<ReceivedFrame>>();

  /** Keeps the frame in place of the door's last one. */
  put(frame: LiveFrame, receivedMs: number): void {
    const received = { frame, receivedMs };
    this.#newest.set(frame.doorId, received);
    this.#listeners.get(frame.doorId)?.emit(received);
  }

  newest(doorId: DoorId): ReceivedFrame | undefined {
    return this.#newest.get(doorId);
  }

  /** Calls back on each new frame of one door. */
  subscribe(doorId: DoorId, callback: (received: ReceivedFrame) => void): () => void {
    const listeners = this.#listeners.get(doorId) ?? new Listeners<ReceivedFrame>();
    this.#listeners.set(doorId, listeners);
    return listeners.add(callback);
  }

  /** Forgets all frames; what is shown from before a lost connection must not look live. */
  clear(): void {
    this.#newest.clear();
  }
}
