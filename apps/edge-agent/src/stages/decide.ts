import type { DoorSettings, TrackId } from '@munjigi/contracts';
import { decide, type Candidate, type DecisionRule } from '../domain/decide';
import { fuseEmbeddings } from '../domain/fuse';
import { TrackBook, type Verdict } from '../domain/track-book';
import { VisitBook, type VisitRule } from '../domain/visit-book';
import type { TrackedFace } from './track';

/** What the decider asks about people. */
export interface People {
  readonly settings: DoorSettings;
  knows(personId: string): boolean;
  /** The two most similar people, best first; null when the gallery cannot be relied on. */
  search(probe: Float32Array): readonly Candidate[] | null;
}

/** A verdict that begins a visit: to be recorded, and acted on. */
export interface VisitBegun {
  readonly trackId: TrackId;
  readonly verdict: Verdict;
  readonly similarityMin: number;
}

/** What a decider works with. */
export interface DeciderOptions {
  readonly people: People;
  /** The threshold in force; read anew for every decision. */
  readonly threshold: { readonly similarityMin: number };
  /** The model's own threshold, which tells two unknown faces apart. */
  readonly modelSimilarityMin: number;
}

/** How much less alike than the threshold two unknown faces may be and still count as one visitor in the account. */
const SAME_FACE_SHARE = 0.75;

/** Matches fused embeddings, decides, and tells which decisions begin a visit. Does no input or output. */
export class Decider {
  readonly #people: People;
  readonly #threshold: DeciderOptions['threshold'];
  readonly #tracks = new TrackBook();
  readonly #visits: VisitBook;
  #inView: ReadonlySet<string> = new Set();

  constructor({ people, threshold, modelSimilarityMin }: DeciderOptions) {
    this.#people = people;
    this.#threshold = threshold;
    this.#visits = new VisitBook({ sameFaceMin: modelSimilarityMin * SAME_FACE_SHARE });
  }

  /** Notes who is in view. @returns the faces that are worth embedding now, at most `facesMax`, best first. */
  observe(faces: readonly TrackedFace[], atMs: number, facesMax: number): TrackedFace[] {
    this.#inView = new Set(faces.map(({ trackId }) => trackId));
    this.#visits.seen(this.#inView, atMs);
    return this.#tracks
      .observe(faces, atMs)
      .slice(0, facesMax)
      .map((trackId) => faces.find((face) => face.trackId === trackId)!);
  }

  /** Takes an embedding. @returns the visit that it begins, or null. */
  take(trackId: TrackId, embedding: Float32Array, atMs: number): VisitBegun | null {
    const gathered = this.#tracks.gather(trackId, embedding, this.#people.settings.framesToDecide);
    if (!gathered) return null;
    const probe = fuseEmbeddings(gathered);
    if (!probe) return null;
    const rule = this.#rule();
    const verdict = this.#tracks.conclude(
      trackId,
      { ...decide(this.#people.search(probe), rule), probe },
      atMs,
    );
    if (!verdict) return null;
    const visitor = { trackId, personId: verdict.personId, probe: verdict.probe, atMs };
    if (this.#visits.beginsVisit(visitor, this.#visitRule())) {
      return { trackId, verdict, similarityMin: rule.similarityMin };
    }
    this.#visits.note(visitor, this.#visitRule());
    return null;
  }

  /** The visit was recorded. */
  confirm({ trackId, verdict }: VisitBegun, atMs: number): void {
    this.#visits.note({ trackId, personId: verdict.personId, probe: verdict.probe, atMs }, this.#visitRule());
  }

  /** The visit could not be recorded; its face will be decided anew. */
  revoke({ trackId }: VisitBegun, atMs: number): void {
    this.#tracks.revoke(trackId, atMs);
  }

  /** People or settings changed. */
  reopen(atMs: number): void {
    this.#tracks.reopen((personId) => this.#people.knows(personId), atMs);
  }

  /** The picture was cut. */
  endScene(): void {
    this.#tracks.endScene();
    this.#visits.endScene();
  }

  /** The verdict on a track so far, or null. */
  verdict(trackId: string): Verdict | null {
    return this.#tracks.verdict(trackId);
  }

  /** The similarity of a track to the best person so far, or null. */
  similarity(trackId: string): number | null {
    return this.#tracks.similarity(trackId);
  }

  #rule(): DecisionRule {
    return {
      similarityMin: this.#threshold.similarityMin,
      marginMin: this.#people.settings.marginMin,
    };
  }

  #visitRule(): VisitRule {
    return { pauseMs: this.#people.settings.revisitPauseMs, inView: this.#inView };
  }
}
