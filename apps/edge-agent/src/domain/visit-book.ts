import { cosineSimilarity } from '@munjigi/face-core';

/** A decided face that may be the beginning of a visit. `personId` is null when it was denied. */
export interface Visitor {
  readonly trackId: string;
  readonly personId: string | null;
  readonly probe: Float32Array;
  readonly atMs: number;
}

/** How two sightings of a face are told to be one visit. */
export interface VisitRule {
  /** The same face makes no new visit before it was away for this long, ms. */
  readonly pauseMs: number;
  /** Tracks that have a face in the newest frame: two of them are never one person. */
  readonly inView: ReadonlySet<string>;
}

interface Visit {
  trackId: string;
  readonly personId: string | null;
  readonly probe: Float32Array;
  readonly beganMs: number;
  lastSeenMs: number;
}

/**
 * Tells new visits from the continuation of old ones, so that the account has one line a visit.
 *
 * A granted person is known by name; a denied face by its resemblance to the faces of recent visits. A grant is never
 * swallowed by an earlier denial. Pure bookkeeping: bounded, in memory, all time given from outside.
 */
export class VisitBook {
  readonly #sameFaceMin: number;
  readonly #visitsMax: number;
  #visits: Visit[] = [];

  /** @param options.sameFaceMin similarity from which two probes are taken for one face, in the account only. */
  constructor(options: { sameFaceMin: number; visitsMax?: number }) {
    this.#sameFaceMin = options.sameFaceMin;
    this.#visitsMax = options.visitsMax ?? 256;
  }

  /** Whether the visitor begins a new visit. Changes nothing. */
  beginsVisit(visitor: Visitor, rule: VisitRule): boolean {
    return this.#find(visitor, rule) === undefined;
  }

  /** Notes the visitor: as a new visit, or as the visit that goes on. */
  note(visitor: Visitor, rule: VisitRule): void {
    const known = this.#find(visitor, rule);
    if (known) {
      known.trackId = visitor.trackId;
      known.lastSeenMs = visitor.atMs;
      return;
    }
    this.#visits = this.#visits.filter(({ trackId }) => trackId !== visitor.trackId);
    this.#visits.push({
      trackId: visitor.trackId,
      personId: visitor.personId,
      probe: visitor.probe,
      beganMs: visitor.atMs,
      lastSeenMs: visitor.atMs,
    });
    if (this.#visits.length > this.#visitsMax) this.#visits.shift();
  }

  /** The tracks that have a face in this frame: their visits last until now. */
  seen(trackIds: ReadonlySet<string>, atMs: number): void {
    for (const visit of this.#visits) {
      if (trackIds.has(visit.trackId)) visit.lastSeenMs = atMs;
    }
  }

  /**
   * The picture was cut (a recording began again): nobody in view stayed there, so the pause counts from when a visit
   * began, and a recording shorter than the pause still makes one visit a pause.
   */
  endScene(): void {
    for (const visit of this.#visits) visit.lastSeenMs = visit.beganMs;
  }

  #find(visitor: Visitor, rule: VisitRule): Visit | undefined {
    const own = this.#visits.find(({ trackId }) => trackId === visitor.trackId);
    if (own && (visitor.personId === null || own.personId === visitor.personId)) return own;
    const isRecent = (visit: Visit): boolean => visitor.atMs - visit.lastSeenMs < rule.pauseMs;
    if (visitor.personId !== null) {
      return this.#visits.find((visit) => visit.personId === visitor.personId && isRecent(visit));
    }
    return this.#visits.find(
      (visit) =>
        isRecent(visit) &&
        !rule.inView.has(visit.trackId) &&
        cosineSimilarity(visit.probe, visitor.probe) >= this.#sameFaceMin,
    );
  }
}
