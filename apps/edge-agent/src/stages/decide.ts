import type { DoorSettings, TrackId } from '@munjigi/contracts';
import { TrackIdentifier, type SearchGallery, type Verdict } from '@munjigi/face-core';
import { decide, type Decision } from '../domain/decide';
import { VisitBook, type VisitRule } from '../domain/visit-book';
import type { Authorisation } from './authorise';
import type { TrackedFace } from './track';

/** What the decider asks about people. */
export interface People {
  readonly settings: DoorSettings;
  knows(personId: string): boolean;
  /** What the access rules say of a person now. */
  authorise(personId: string): Authorisation;
  /** The two most similar people, best first; null when the gallery cannot be relied on. */
  readonly search: SearchGallery;
}

/** A verdict that begins a visit: to be recorded, and acted on. */
export interface VisitBegun {
  readonly trackId: TrackId;
  readonly verdict: Decision & Pick<Verdict, 'probe'>;
  readonly similarityMin: number;
  /** How long the door unlocks by it, ms; 0 when denied. */
  readonly unlockMs: number;
}

/** What a decider works with. */
export interface DeciderOptions {
  readonly people: People;
  /** The threshold in force; read anew for every decision. */
  readonly threshold: { readonly similarityMin: number };
  /** The model's own threshold, which tells two unknown faces apart. */
  readonly modelSimilarityMin: number;
}

/** How soon somebody whom the rules turned away is decided about anew. */
const ASK_AGAIN_MS = 2_000;

/** How much less alike than the threshold two unknown faces may be and still count as one visitor in the account. */
const SAME_FACE_SHARE = 0.75;

/** Matches fused embeddings, decides, and tells which decisions begin a visit. Does no input or output. */
export class Decider {
  readonly #people: People;
  readonly #threshold: DeciderOptions['threshold'];
  readonly #faces: TrackIdentifier;
  readonly #visits: VisitBook;
  #inView: ReadonlySet<string> = new Set();
  /** Tracks of people whom the rules turned away, and when they were last asked about, ms. */
  readonly #turnedAway = new Map<string, number>();

  constructor({ people, threshold, modelSimilarityMin }: DeciderOptions) {
    this.#people = people;
    this.#threshold = threshold;
    this.#faces = new TrackIdentifier({ search: (probe) => people.search(probe) });
    this.#visits = new VisitBook({ sameFaceMin: modelSimilarityMin * SAME_FACE_SHARE });
  }

  /** Notes who is in view. @returns the faces that are worth embedding now, at most `facesMax`, best first. */
  observe(faces: readonly TrackedFace[], atMs: number, facesMax: number): TrackedFace[] {
    this.#inView = new Set(faces.map(({ trackId }) => trackId));
    this.#visits.seen(this.#inView, atMs);
    this.#askAgain(atMs, ASK_AGAIN_MS);
    return this.#faces.observe(faces, atMs, facesMax);
  }

  /** Takes an embedding. @returns the visit that it begins, or null. */
  take(trackId: TrackId, embedding: Float32Array, atMs: number): VisitBegun | null {
    const { similarityMin } = this.#threshold;
    const { marginMin, framesToDecide } = this.#people.settings;
    const rule = { similarityMin, marginMin, framesToDecide };
    const found = this.#faces.take(trackId, embedding, { atMs, rule });
    if (!found) return null;
    const { unlockMs, ...decision } = decide(found, (personId) => this.#people.authorise(personId));
    if (found.reason === 'matched' && decision.outcome === 'denied') this.#turnedAway.set(trackId, atMs);
    const verdict = { ...decision, probe: found.probe };
    const visitor = visitorOf(trackId, verdict, atMs);
    if (this.#visits.beginsVisit(visitor, this.#visitRule())) {
      return { trackId, verdict, similarityMin, unlockMs };
    }
    this.#visits.note(visitor, this.#visitRule());
    return null;
  }

  /** The visit was recorded. */
  confirm({ trackId, verdict }: VisitBegun, atMs: number): void {
    this.#visits.note(visitorOf(trackId, verdict, atMs), this.#visitRule());
  }

  /** The visit could not be recorded; its face will be decided anew. */
  revoke({ trackId }: VisitBegun, atMs: number): void {
    this.#faces.revoke(trackId, atMs);
  }

  /** People or settings changed. */
  reopen(atMs: number): void {
    this.#faces.reopen((personId) => this.#people.knows(personId), atMs);
    this.#askAgain(atMs, 0);
  }

  /** The picture was cut. */
  endScene(): void {
    this.#faces.endScene();
    this.#visits.endScene();
  }

  /** The verdict on a track so far, or null. */
  verdict(trackId: string): Verdict | null {
    return this.#faces.verdict(trackId);
  }

  /** The similarity of a track to the best person so far, or null. */
  similarity(trackId: string): number | null {
    return this.#faces.similarity(trackId);
  }

  /** Decides anew about those who were turned away and still stand here: a schedule may have begun, or a rule changed. */
  #askAgain(atMs: number, pauseMs: number): void {
    for (const [trackId, askedMs] of this.#turnedAway) {
      const isHere = this.#inView.has(trackId);
      if (isHere && atMs - askedMs < pauseMs) continue;
      this.#turnedAway.delete(trackId);
      if (isHere) this.#faces.revoke(trackId, atMs);
    }
  }

  #visitRule(): VisitRule {
    return { pauseMs: this.#people.settings.revisitPauseMs, inView: this.#inView };
  }
}

/** Somebody who was denied is told from others by their face alone: a grant that comes later is a visit of its own. */
function visitorOf(trackId: string, verdict: VisitBegun['verdict'], atMs: number) {
  const personId = verdict.outcome === 'granted' ? verdict.personId : null;
  return { trackId, personId, probe: verdict.probe, atMs };
}
