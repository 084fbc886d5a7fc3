import type { DoorId, PreviewFace, TrackId } from '@munjigi/contracts';

/** What the console knows of a face that stands, or just stood, at a door. */
export interface KnownTrack {
  readonly trackId: TrackId;
  readonly doorId: DoorId;
  readonly status: PreviewFace['status'];
  /** When it was last in a picture, ms since the page began. */
  readonly lastSeenMs: number;
  /** The face as a `data:` picture, or null before one was cut out. */
  readonly picture: string | null;
}

/** A face that has left the picture for longer than this can no longer be registered from it. */
export const TRACK_KNOWN_MS = 300_000;

const TRACKS_MAX = 64;

/** How often one face's picture is cut out again, at most. */
const PICTURE_EVERY_MS = 1000;

/** Remembers the faces of the last minutes, so that the feed can show whom it means. Kept in this page only. */
export class TrackMemory {
  readonly #tracks = new Map<
    TrackId,
    KnownTrack & { readonly pictureMs: number; readonly pictureArea: number }
  >();
  readonly #listeners = new Set<() => void>();

  /** Notes a face of a picture. @param cut cuts its picture out of what is drawn; called only when one is wanted. */
  see(doorId: DoorId, face: PreviewFace, nowMs: number, cut: () => string | null): void {
    const before = this.#tracks.get(face.trackId);
    const area = face.box.width * face.box.height;
    const wanted =
      face.status !== 'granted' &&
      (!before?.picture || (area >= before.pictureArea && nowMs - before.pictureMs >= PICTURE_EVERY_MS));
    const picture = wanted ? cut() : null;
    this.#tracks.delete(face.trackId);
    this.#tracks.set(face.trackId, {
      trackId: face.trackId,
      doorId,
      status: face.status,
      lastSeenMs: nowMs,
      picture: picture ?? before?.picture ?? null,
      pictureMs: picture ? nowMs : (before?.pictureMs ?? 0),
      pictureArea: picture ? area : (before?.pictureArea ?? 0),
    });
    for (const [oldest] of this.#tracks) {
      if (this.#tracks.size <= TRACKS_MAX) break;
      this.#tracks.delete(oldest);
    }
    if (picture || before?.status !== face.status) this.#notify();
  }

  get(trackId: TrackId): KnownTrack | undefined {
    return this.#tracks.get(trackId);
  }

  /** Whether the face is unknown and its door may still hold what enrolment needs. */
  isRegistrable(trackId: TrackId, nowMs: number): boolean {
    const track = this.#tracks.get(trackId);
    return track?.status === 'unknown' && nowMs - track.lastSeenMs <= TRACK_KNOWN_MS;
  }

  /** Notes that the face has become somebody, before its door says so. */
  registered(trackId: TrackId): void {
    const track = this.#tracks.get(trackId);
    if (!track) return;
    this.#tracks.set(trackId, { ...track, status: 'granted' });
    this.#notify();
  }

  /** Calls back when a picture or a status changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
