/** Who was revoked, until what was read before that can come no more. */
export class RevokedPeople {
  readonly #revisions = new Map<string, number>();

  /** @param revision of the feed, from which on what it says of the person counts again */
  add(personId: string, revision: number): void {
    this.#revisions.set(personId, Math.max(revision, this.#revisions.get(personId) ?? 0));
  }

  /** Whether what was read of the feed when it went up to `asOf` says nothing of a person any more. */
  holds(personId: string, asOf: number): boolean {
    return asOf < (this.#revisions.get(personId) ?? 0);
  }

  /** Pages come in the order in which they were read: after one as of here, none is older. */
  dropUpTo(asOf: number): void {
    for (const [personId, revision] of this.#revisions) {
      if (revision <= asOf) this.#revisions.delete(personId);
    }
  }
}
