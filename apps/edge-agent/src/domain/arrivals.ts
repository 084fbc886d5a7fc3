/** When and in which frame a face came into range. */
export interface Arrival {
  /** When its first frame had arrived, ms, monotonic. */
  readonly atMs: number;
  readonly frameNumber: number;
}

/** When the faces in view came into range; each is told once, for the first decision about it. */
export class Arrivals {
  readonly #byTrack = new Map<string, Arrival | null>();

  /** Notes who is in view in a frame; whoever is not any more is forgotten. */
  observe(trackIds: ReadonlySet<string>, arrival: Arrival): void {
    for (const trackId of this.#byTrack.keys()) if (!trackIds.has(trackId)) this.#byTrack.delete(trackId);
    for (const trackId of trackIds) if (!this.#byTrack.has(trackId)) this.#byTrack.set(trackId, arrival);
  }

  /** @returns when a face came; null when that was told before, or is not known */
  take(trackId: string): Arrival | null {
    const arrival = this.#byTrack.get(trackId) ?? null;
    if (arrival) this.#byTrack.set(trackId, null);
    return arrival;
  }
}
