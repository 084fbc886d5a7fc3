/** More faces than are ever in one picture. */
const TRACKS_MAX = 128;

/** Which faces were let in by a lock that did not answer, until it unlocks. */
export class SilentGrants {
  readonly #tracks = new Set<string>();

  /** A face was let in, and the lock did not answer. */
  add(trackId: string): void {
    this.#tracks.add(trackId);
    const [oldest] = this.#tracks;
    if (oldest !== undefined && this.#tracks.size > TRACKS_MAX) this.#tracks.delete(oldest);
  }

  /** @param isUnlocked whether the lock is unlocked now: then it did answer, if late */
  has(trackId: string, isUnlocked: boolean): boolean {
    if (isUnlocked) this.#tracks.clear();
    return this.#tracks.has(trackId);
  }
}
