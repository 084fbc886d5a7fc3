import {
  AGENT_PROTOCOL_VERSION,
  type PreviewFace,
  type PreviewFrame,
  type PreviewWatch,
  type ViewSize,
  type TrackId,
} from '@munjigi/contracts';
import { encodeJpeg, type Verdict } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { PreviewLease } from '../domain/preview-lease';
import type { Clock } from '../ports/clock';
import type { CapturedFrame } from '../ports/frame-source';
import type { TrackedFace } from './track';

const JPEG_QUALITY = 70;
const FACES_MAX = 64;

/** What a preview works with. */
export interface PreviewOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly send: (frame: PreviewFrame) => void;
  /** What a picture fits into; asked for each. */
  readonly viewSize: () => ViewSize;
  /** Whether the door makes itself known now. */
  readonly identifying: () => boolean;
}

/** What is known of a track, for the picture. */
export interface TrackKnowledge {
  verdict(trackId: string): Verdict | null;
  similarity(trackId: string): number | null;
  /** The person that a track was recognised as and turned away, or null. */
  turnedAway(trackId: string): string | null;
  /** Whether a track was recognised, and is not decided about yet. */
  isWaiting(trackId: TrackId): boolean;
  /** Whether a track was let in, and the lock did not answer. */
  isLockSilent(trackId: TrackId): boolean;
  nameOf(personId: string): string;
}

/** Sends pictures while somebody watches; one at a time is encoded, and none is waited for. */
export class PreviewStage {
  readonly #options: PreviewOptions;
  readonly #lease = new PreviewLease();
  #encoding: Promise<void> | null = null;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** Somebody watches for this long; null: nobody does. */
  watch(watch: PreviewWatch | null): void {
    if (watch) this.#lease.renew(watch, this.#options.clock.monotonicMs());
    else this.#lease.end();
  }

  /** Sends this frame if one is due; returns at once, holding the frame while it is encoded. */
  offer(frame: CapturedFrame, faces: readonly PreviewFace[], framesPerSecond: number): void {
    if (this.#encoding || !this.#lease.takeTurn(this.#options.clock.monotonicMs())) return;
    frame.retain();
    this.#encoding = this.#send(frame, faces, framesPerSecond).finally(() => {
      frame.release();
      this.#encoding = null;
    });
  }

  /** Waits until nothing is being encoded. */
  async settled(): Promise<void> {
    await this.#encoding;
  }

  async #send(frame: CapturedFrame, faces: readonly PreviewFace[], framesPerSecond: number): Promise<void> {
    try {
      const jpeg = await encodeJpeg(frame, {
        widthMax: widthIn(frame, this.#options.viewSize()),
        quality: JPEG_QUALITY,
      });
      this.#options.send({
        v: AGENT_PROTOCOL_VERSION,
        capturedAt: new Date(frame.capturedAtWallMs).toISOString(),
        width: frame.width,
        height: frame.height,
        jpeg: new Uint8Array(jpeg),
        faces: faces.slice(0, FACES_MAX),
        framesPerSecond,
        ...(this.#options.identifying() ? { identifying: true } : {}),
      });
    } catch (error) {
      this.#options.log.warn({ err: error }, 'preview not encoded');
    }
  }
}

/** How wide a frame becomes that is to fit into a view. */
function widthIn({ width, height }: CapturedFrame, viewSize: ViewSize): number {
  const [widthMax = 0, heightMax = 0] = viewSize.split('x').map(Number);
  return Math.max(1, Math.min(widthMax, Math.floor((heightMax * width) / height)));
}

/** A face as the console shows it. */
export function previewFace({ trackId, face }: TrackedFace, known: TrackKnowledge): PreviewFace {
  const turnedAwayAs = known.turnedAway(trackId);
  const verdict = known.isWaiting(trackId) ? null : known.verdict(trackId);
  const personId = turnedAwayAs ?? verdict?.personId ?? null;
  const status = turnedAwayAs === null ? statusOf(verdict) : 'denied';
  return {
    trackId,
    box: face.box,
    landmarks: face.landmarks.length === 5 ? [...face.landmarks] : null,
    score: Math.max(0, Math.min(1, face.score)),
    status,
    person:
      personId === null
        ? null
        : { id: personId as NonNullable<PreviewFace['person']>['id'], name: known.nameOf(personId) },
    similarity: known.similarity(trackId),
    ...(status === 'granted' && known.isLockSilent(trackId) ? { lockSilent: true as const } : {}),
  };
}

function statusOf(verdict: Verdict | null): PreviewFace['status'] {
  if (!verdict) return 'deciding';
  if (verdict.personId !== null) return 'granted';
  return verdict.reason === 'ambiguous' ? 'ambiguous' : 'unknown';
}
