import type { DetectedFace } from '../detect/face';
import { gatedPairs, type Gates } from './assign';
import { isSamePerson, likenessOf, type Appearance, type GuardOptions, type Look } from './identity-guard';
import { expectedAt, type TrackEntry } from './track-entry';

/** A track, how its face moves and how it looks. */
export interface FollowedEntry<F extends DetectedFace> extends TrackEntry<F> {
  readonly appearance: Appearance;
}

/** Which face of a frame belongs to which track. */
export interface Association<F extends DetectedFace> {
  /** For each look the track it continues, or `undefined`: it begins one. No track is named twice. */
  readonly continued: readonly (FollowedEntry<F> | undefined)[];
  /** Tracks at whose place somebody else is now. */
  readonly replaced: ReadonlySet<FollowedEntry<F>>;
}

/** Weighs looks against places where faces stand close together: likeness spans 2, the other costs about as much. */
const UNLIKENESS_COST = 2;

/**
 * Gives each face the track that it continues, the surest pairs first.
 *
 * A pair passes only if the face is where and as large as the track's may be, and {@link isSamePerson}.
 */
export async function associate<F extends DetectedFace>(
  entries: readonly FollowedEntry<F>[],
  looks: readonly Look<F>[],
  { atMs, gates, guard }: { atMs: number; gates: Gates; guard: GuardOptions<F> },
): Promise<Association<F>> {
  const pairs = gatedPairs(
    entries.map((entry) => expectedAt(entry, atMs)),
    looks.map((look) => look.face.box),
    gates,
  )
    .map(({ track, face, cost }) => {
      const entry = entries[track] as FollowedEntry<F>;
      const unlikeness = 1 - likenessOf(entry.appearance, looks[face] as Look<F>);
      return { entry, face, cost: cost + UNLIKENESS_COST * unlikeness };
    })
    .sort((a, b) => a.cost - b.cost);
  const continued = looks.map((): FollowedEntry<F> | undefined => undefined);
  const taken = new Set<FollowedEntry<F>>();
  const refused = new Set<FollowedEntry<F>>();
  for (const { entry, face } of pairs) {
    if (taken.has(entry) || continued[face]) continue;
    if (await isSamePerson(entry.appearance, looks[face] as Look<F>, guard)) {
      taken.add(entry);
      continued[face] = entry;
    } else refused.add(entry);
  }
  return { continued, replaced: new Set([...refused].filter((entry) => !taken.has(entry))) };
}
