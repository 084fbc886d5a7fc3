/** Does what concerns one door piece by piece, in the order in which it came. Doors do not wait for each other. */
export class DoorOrder {
  /** The end of what is under way, of the doors of which something is. */
  private readonly ends = new Map<string, Promise<unknown>>();

  /** Does a door's next piece once all before it are done or have failed. @returns or throws what the piece does */
  next<T>(doorId: string, piece: () => Promise<T>): Promise<T> {
    const done = (this.ends.get(doorId) ?? Promise.resolve()).then(piece);
    const forget = (): void => {
      if (this.ends.get(doorId) === end) this.ends.delete(doorId);
    };
    const end = done.then(forget, forget);
    this.ends.set(doorId, end);
    return done;
  }
}
