import type { DetectedFace } from '../detect/face';
import { assign } from './assign';
import type { FrameSize, Track } from './track';
import { expectedAt, observedEntry, startedEntry, unseenTrack, type TrackEntry } from './track-entry';

export type { FrameSize, Track } from './track';

/** How far a face may move, grow and stay away and still be the same track. */
export interface TrackerOptions {
  /** A track unseen for longer ends. Default 700. */
  lostMs?: number;
  /** Farthest move between two looks beyond what the face's speed foretells, in face sizes a second. Default 2.5. */
  speedMax?: number;
  /** Farthest move allowed however near in time, in face sizes. Default 0.35. */
  moveMin?: number;
  /** Most that one side may grow or shrink between two looks, as a ratio. Default 1.6. */
  sizeRatioMax?: number;
}

/** What a tracker allows unless told otherwise. */
export const TRACKER_DEFAULTS: Readonly<Required<TrackerOptions>> = {
  lostMs: 700,
  speedMax: 2.5,
  moveMin: 0.35,
  sizeRatioMax: 1.6,
};

/**
 * Follows faces from frame to frame by overlap, distance and size.
 *
 * Doubt starts a new track: a face that jumps, changes size at once, or comes back after `lostMs` gets a new id, so
 * that nobody inherits another's identity. A frame of another size, or one whose time does not advance, ends every
 * track, since it is another source or another beginning. Pure: no clock, no timers; one instance for one camera.
 */
export class Tracker<F extends DetectedFace = DetectedFace> {
  readonly #options: Required<TrackerOptions>;
  #entries: TrackEntry<F>[] = [];
  #ended: Track<F>[] = [];
  #frame: FrameSize | undefined;
  #atMs = Number.NEGATIVE_INFINITY;

  constructor(options: TrackerOptions = {}) {
    this.#options = { ...TRACKER_DEFAULTS, ...options };
  }

  /** The tracks that the latest {@link update} or {@link clear} ended. */
  get ended(): readonly Track<F>[] {
    return this.#ended;
  }

  /**
   * Takes the faces of the next frame and gives all live tracks, those in the frame first.
   *
   * @param atMs when the frame was captured, on a clock that only goes forward
   */
  update(faces: readonly F[], atMs: number, frame: FrameSize): Track<F>[] {
    const continues =
      atMs > this.#atMs && frame.width === this.#frame?.width && frame.height === this.#frame.height;
    this.#ended = [];
    if (!continues) this.clear();
    this.#frame = { width: frame.width, height: frame.height };
    this.#atMs = atMs;

    this.#endLost(atMs);
    const pairs = assign(
      this.#entries.map((entry) => expectedAt(entry, atMs)),
      faces.map((face) => face.box),
      this.#options,
    );

    const seen: TrackEntry<F>[] = faces.map((face, index) => {
      const entry = this.#entries[pairs[index] ?? -1];
      return entry ? observedEntry(entry, face, atMs) : startedEntry(face, atMs);
    });
    const taken = new Set(pairs);
    const unseen = this.#entries
      .filter((_, index) => !taken.has(index))
      .map((entry) => ({ ...entry, track: unseenTrack(entry) }));
    this.#entries = [...seen, ...unseen];
    return this.#entries.map((entry) => entry.track);
  }

  /** Ends every track, for a cut, a new source or a gap in the stream. */
  clear(): void {
    this.#ended = [...this.#ended, ...this.#entries.map(unseenTrack)];
    this.#entries = [];
  }

  #endLost(atMs: number): void {
    const isLost = (entry: TrackEntry<F>) => atMs - entry.track.seenAtMs > this.#options.lostMs;
    this.#ended = [...this.#ended, ...this.#entries.filter(isLost).map(unseenTrack)];
    this.#entries = this.#entries.filter((entry) => !isLost(entry));
  }
}
