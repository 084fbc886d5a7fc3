import type { DoorSettings, TrackId } from '@munjigi/contracts';
import { TrackIdentifier, type SearchGallery, type Verdict } from '@munjigi/face-core';
import { decide, type Decision } from '../domain/decide';
import { LivenessBook, UNASKED } from '../domain/liveness-book';
import { TurnedAway } from '../domain/turned-away';
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
  /** Quality of the best frame that was compared, 0 to 1. */
  readonly quality: number;
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

/** How much less alike than the threshold two unknown faces may be and still count as one visitor in the account. */
const SAME_FACE_SHARE = 0.75;

/** Somebody who was recognised, and waits until it is known whether they are live. */
interface Waiting {
  readonly found: Verdict;
  readonly sinceMs: number;
}

/** Matches fused embeddings, decides, and tells which decisions begin a visit. Does no input or output. */
export class Decider {
  readonly #people: People;
  readonly #threshold: DeciderOptions['threshold'];
  readonly #faces: TrackIdentifier;
  readonly #visits: VisitBook;
  readonly #liveness = new LivenessBook();
  readonly #turnedAway = new TurnedAway();
  readonly #waiting = new Map<TrackId, Waiting>();
  /** Quality of the best frame of each track that was compared. */
  readonly #quality = new Map<string, number>();
  #inView: ReadonlySet<string> = new Set();

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
    for (const trackId of this.#turnedAway.due(this.#inView, atMs)) this.#begin(trackId, atMs);
    const wanted = this.#faces.observe(faces, atMs, facesMax);
    for (const { trackId, quality } of wanted) {
      this.#quality.set(trackId, Math.max(quality, this.#quality.get(trackId) ?? 0));
    }
    for (const trackId of this.#quality.keys()) if (!this.#inView.has(trackId)) this.#quality.delete(trackId);
    return wanted;
  }

  /** Of the faces in view, those whose liveness is to be judged in this frame; none where the door does not ask. */
  livenessWanted(faces: readonly TrackedFace[], embedded: readonly TrackedFace[]): TrackedFace[] {
    if (this.#people.settings.livenessMin === null) return [];
    return [...embedded, ...faces.filter(({ trackId }) => this.#waiting.has(trackId))];
  }

  /** Takes what the network says of a face's liveness in this frame; undefined: it cannot tell. */
  takeLiveness(trackId: TrackId, score: number | undefined, atMs: number): void {
    this.#liveness.add(trackId, score, atMs);
  }

  /** Takes an embedding. @returns the visit that it begins, or null. */
  take(trackId: TrackId, embedding: Float32Array, atMs: number): VisitBegun | null {
    const { similarityMin } = this.#threshold;
    const { marginMin, framesToDecide } = this.#people.settings;
    const rule = { similarityMin, marginMin, framesToDecide };
    const found = this.#faces.take(trackId, embedding, { atMs, rule });
    return found && this.#judge(trackId, { found, sinceMs: atMs }, atMs);
  }

  /** @returns the visits of people who waited until it was known whether they are live. */
  takeWaiting(atMs: number): VisitBegun[] {
    return [...this.#waiting].flatMap(([trackId, waiting]) => this.#judge(trackId, waiting, atMs) ?? []);
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
    for (const trackId of this.#turnedAway.byRules()) this.#begin(trackId, atMs);
    for (const [trackId, { found }] of this.#waiting) {
      if (found.personId === null || !this.#people.knows(found.personId)) this.#waiting.delete(trackId);
    }
  }

  /** The picture was cut. */
  endScene(): void {
    this.#faces.endScene();
    this.#visits.endScene();
    this.#liveness.endScene();
    this.#turnedAway.endScene();
    this.#waiting.clear();
  }

  /** The verdict on a track so far, or null. */
  verdict(trackId: string): Verdict | null {
    return this.#faces.verdict(trackId);
  }

  /** The similarity of a track to the best person so far, or null. */
  similarity(trackId: string): number | null {
    return this.#faces.similarity(trackId);
  }

  /** The person that a track was last turned away as, or null. */
  turnedAway(trackId: string): string | null {
    return this.#turnedAway.personOf(trackId);
  }

  /** Whether a track was recognised and waits until it is known whether the face is live. */
  isWaiting(trackId: TrackId): boolean {
    return this.#waiting.has(trackId);
  }

  #judge(trackId: TrackId, waiting: Waiting, atMs: number): VisitBegun | null {
    const { found, sinceMs } = waiting;
    const { livenessMin } = this.#people.settings;
    const liveness =
      livenessMin === null ? UNASKED : this.#liveness.judge(trackId, livenessMin, atMs - sinceMs);
    const decided = decide(found, { liveness, authorise: (personId) => this.#people.authorise(personId) });
    if (decided === 'pending') {
      this.#waiting.set(trackId, waiting);
      return null;
    }
    this.#waiting.delete(trackId);
    const { unlockMs, ...decision } = decided;
    this.#turnedAway.note(trackId, decision, atMs);
    const verdict = { ...decision, probe: found.probe };
    const visitor = visitorOf(trackId, verdict, atMs);
    if (this.#visits.beginsVisit(visitor, this.#visitRule())) {
      const quality = this.#quality.get(trackId) ?? 0;
      return { trackId, verdict, similarityMin: this.#threshold.similarityMin, quality, unlockMs };
    }
    this.#visits.note(visitor, this.#visitRule());
    return null;
  }

  /** Begins with a face anew. */
  #begin(trackId: string, atMs: number): void {
    this.#waiting.delete(trackId as TrackId);
    this.#liveness.forget(trackId);
    this.#faces.revoke(trackId, atMs);
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
