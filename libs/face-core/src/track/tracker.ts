import { randomUUID } from 'node:crypto';

import type { DetectedFace } from '../detect/face';
import { assign } from './assign';
import { predict, type Motion } from './motion';

/** One face followed through consecutive frames. The same track is the same visit of one face, never two people. */
export interface Track<F extends DetectedFace = DetectedFace> {
  /** UUID, unique for ever: an ended track's id never comes back. */
  readonly id: string;
  /** The face as last seen. */
  readonly face: F;
  /** Whether the face was in the frame of the latest update. */
  readonly visible: boolean;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
  /** Frames that the face was seen in. */
  readonly observations: number;
}

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

interface Entry<F extends DetectedFace> {
  track: Track<F>;
  motion: Motion;
}

/** Size of the frame that faces were found in, pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Follows faces from frame to frame by overlap, distance and size.
 *
 * Doubt starts a new track: a face that jumps, changes size at once, or comes back after `lostMs` gets a new id, so
 * that nobody inherits another's identity. A frame of another size, or one whose time does not advance, ends every
 * track, since it is another source or another beginning. Pure: no clock, no timers; one instance for one camera.
 */
export class Tracker<F extends DetectedFace = DetectedFace> {
  readonly #options: Required<TrackerOptions>;
  #entries: Entry<F>[] = [];
  #ended: Track<F>[] = [];
  #frame: FrameSize | undefined;
  #atMs = Number.NEGATIVE_INFINITY;

  constructor(options: TrackerOptions = {}) {
    this.#options = { lostMs: 700, speedMax: 2.5, moveMin: 0.35, sizeRatioMax: 1.6, ...options };
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
    const predictions = this.#entries.map((entry) => ({
      box: predict(entry.motion, entry.track.face.box, atMs - entry.track.seenAtMs),
      elapsedMs: atMs - entry.track.seenAtMs,
    }));
    const pairs = assign(
      predictions,
      faces.map((face) => face.box),
      this.#options,
    );

    const seen: Entry<F>[] = faces.map((face, index) => {
      const entry = this.#entries[pairs[index] ?? -1];
      return entry ? observed(entry, face, atMs) : started(face, atMs);
    });
    const taken = new Set(pairs);
    const unseen = this.#entries
      .filter((_, index) => !taken.has(index))
      .map((entry) => ({ ...entry, track: { ...entry.track, visible: false } }));
    this.#entries = [...seen, ...unseen];
    return this.#entries.map((entry) => entry.track);
  }

  /** Ends every track, for a cut, a new source or a gap in the stream. */
  clear(): void {
    this.#ended = [...this.#ended, ...this.#entries.map((entry) => ({ ...entry.track, visible: false }))];
    this.#entries = [];
  }

  #endLost(atMs: number): void {
    const isLost = (entry: Entry<F>) => atMs - entry.track.seenAtMs > this.#options.lostMs;
    this.#ended = [
      ...this.#ended,
      ...this.#entries.filter(isLost).map((entry) => ({ ...entry.track, visible: false })),
    ];
    this.#entries = this.#entries.filter((entry) => !isLost(entry));
  }
}

function started<F extends DetectedFace>(face: F, atMs: number): Entry<F> {
  return {
    track: { id: randomUUID(), face, visible: true, startedAtMs: atMs, seenAtMs: atMs, observations: 1 },
    motion: { xPerMs: 0, yPerMs: 0 },
  };
}

function observed<F extends DetectedFace>(entry: Entry<F>, face: F, atMs: number): Entry<F> {
  const { track } = entry;
  const elapsedMs = atMs - track.seenAtMs;
  const xPerMs = (face.box.x + face.box.width / 2 - track.face.box.x - track.face.box.width / 2) / elapsedMs;
  const yPerMs =
    (face.box.y + face.box.height / 2 - track.face.box.y - track.face.box.height / 2) / elapsedMs;
  return {
    track: { ...track, face, visible: true, seenAtMs: atMs, observations: track.observations + 1 },
    // Half the old speed: detection jitters by some pixels from frame to frame.
    motion: {
      xPerMs: (entry.motion.xPerMs + xPerMs) / 2,
      yPerMs: (entry.motion.yPerMs + yPerMs) / 2,
    },
  };
}
