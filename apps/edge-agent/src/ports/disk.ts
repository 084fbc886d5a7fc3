/** The disk that the agent's folder is on. */
export interface Disk {
  /** Bytes that the agent can still write. */
  freeBytes(): Promise<number>;
}

/** How much of something is kept at most. */
export interface KeepAtMost {
  readonly files: number;
  readonly ageMs: number;
}

/** Something on the disk that the door can do without; the oldest of it goes first. */
export interface Expendable {
  /** What it is, for the log. */
  readonly name: string;
  /** Deletes the oldest of it. @returns the bytes that came free; 0 when nothing is left, or it cannot be deleted */
  giveUp(bytesWanted: number): Promise<number>;
  /** Deletes what is older than is kept, and the oldest of what is more. @returns how many went */
  trim(keep: KeepAtMost, nowMs: number): Promise<number>;
}

/** Room that is kept taken while there is plenty, so that a full disk still has some for what must be written. */
export interface DiskReserve {
  /** Takes the room, unless it is taken. Never rejects: without it, the disk is only full earlier. */
  take(): Promise<void>;
  /** Gives the room free at once. @returns whether there was any */
  release(): boolean;
}
