import { fuseEmbeddings } from './fuse-embeddings';
import { identify, type Candidate, type IdentificationRule } from './identify';
import { TrackBook, type Patience, type Sighting, type Verdict } from './track-book';

/** What a chain looks at in one frame: more would let the picture grow old. */
export const LOOK_LIMITS = { facesMax: 16, embeddedMax: 4 } as const;

/** The two people most like a probe, best first; null when the gallery cannot be relied on. */
export type SearchGallery = (probe: Float32Array) => readonly Candidate[] | null;

/** When a followed face is taken for a person. */
export interface TrackRule extends IdentificationRule {
  /** Frames whose embeddings are fused before they are compared, 1 or more. */
  readonly framesToDecide: number;
}

/**
 * Says of each followed face whose it is: from the frames that are good enough, several embeddings fused into one
 * probe, compared with a gallery.
 *
 * Says each verdict once: the first match of a track, or nobody after patience has ended (see {@link Patience}); after
 * that only a match is news. All time is a monotonic clock's, given from outside. One for each camera; no input or
 * output.
 */
export class TrackIdentifier {
  readonly #search: SearchGallery;
  readonly #tracks: TrackBook;

  constructor(options: { readonly search: SearchGallery; readonly patience?: Patience }) {
    this.#search = options.search;
    this.#tracks = new TrackBook(options.patience);
  }

  /** Notes who is in view. @returns the faces that are worth embedding now, at most `facesMax`, best first */
  observe<Face extends Sighting>(
    faces: readonly Face[],
    atMs: number,
    facesMax: number = LOOK_LIMITS.embeddedMax,
  ): Face[] {
    return this.#tracks
      .observe(faces, atMs)
      .slice(0, facesMax)
      .map((trackId) => faces.find((face) => face.trackId === trackId)!);
  }

  /** Takes an embedding of a track that was observed. @returns the verdict to act on; null while there is none anew */
  take(
    trackId: string,
    embedding: Float32Array,
    { atMs, rule }: { readonly atMs: number; readonly rule: TrackRule },
  ): Verdict | null {
    const gathered = this.#tracks.gather(trackId, embedding, rule.framesToDecide);
    const probe = gathered && fuseEmbeddings(gathered);
    if (!probe) return null;
    return this.#tracks.conclude(trackId, { ...identify(this.#search(probe), rule), probe }, atMs);
  }

  /** Takes a verdict back that could not be acted on; the face is tried again after a pause. */
  revoke(trackId: string, atMs: number): void {
    this.#tracks.revoke(trackId, atMs);
  }

  /** The gallery or the rule changed: faces that are nobody's are tried again, and people who are gone forgotten. */
  reopen(isKnown: (personId: string) => boolean, atMs: number): void {
    this.#tracks.reopen(isKnown, atMs);
  }

  /** Forgets all tracks: the picture was cut. */
  endScene(): void {
    this.#tracks.endScene();
  }

  /** The verdict on a track so far, or null. */
  verdict(trackId: string): Verdict | null {
    return this.#tracks.verdict(trackId);
  }

  /** The highest similarity seen on a track so far, or null. */
  similarity(trackId: string): number | null {
    return this.#tracks.similarity(trackId);
  }
}
