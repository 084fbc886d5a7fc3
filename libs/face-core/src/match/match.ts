/** A person of the gallery and how alike the probe is to the best of that person's templates. */
export interface Match {
  readonly personId: string;
  readonly templateId: string;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
  /**
   * How much more alike than the next person in order, returned or not: 0 to 2. A gallery with nobody else counts as
   * one whose next person has -1, the least there is.
   */
  readonly margin: number;
}

/** A person's best template so far. */
export interface PersonScore {
  readonly personId: string;
  templateId: string;
  similarity: number;
}

/**
 * The order of answers: the higher similarity first; among equals the lower `personId` by UTF-16 code units, so that
 * the same gallery gives the same answer whatever the order it was filled in.
 */
export function isAhead(a: PersonScore, b: PersonScore): boolean {
  return a.similarity > b.similarity || (a.similarity === b.similarity && a.personId < b.personId);
}

/** Turns people in order into matches; the last, if there are more than `top`, serves as the runner-up only. */
export function toMatches(ordered: readonly PersonScore[], top: number): Match[] {
  return ordered.slice(0, top).map(({ personId, templateId, similarity }, place) => ({
    personId,
    templateId,
    similarity,
    margin: similarity - (ordered[place + 1]?.similarity ?? -1),
  }));
}
