import type { DetectOptions } from '../../detect/detector';
import type { DetectedFace } from '../../detect/face';
import { embedFaces, type FaceEmbedding } from '../../identify/embed-faces';
import type { Candidate } from '../../identify/identify';
import { quickQuality } from '../../identify/quick-quality';
import { LOOK_LIMITS, TrackIdentifier } from '../../identify/track-identifier';
import type { Frame } from '../../image/frame';
import type { Track } from '../../track/track';
import type { TimedFrame } from '../../video/read-video';
import type { ChainSettings } from '../protocols/video';
import type { TracedDecision, TracedFrame, VideoTrace } from '../protocols/video-trace';

/** What a door's chain takes of the vision; a `FacePipeline` has it. */
export interface ChainVision extends FaceEmbedding {
  detect(frame: Frame, options: DetectOptions): Promise<readonly DetectedFace[]>;
  follow(options: { readonly faceSizeMinPx: number; readonly facesMax: number }): {
    update(frame: Frame, atMs: number): Promise<readonly Pick<Track, 'id' | 'face' | 'visible'>[]>;
  };
}

/** What a recording is looked at with. */
export interface TraceOptions {
  readonly vision: ChainVision;
  /** The two people most like a probe, best first. */
  readonly search: (probe: Float32Array) => readonly Candidate[];
  readonly settings: Omit<ChainSettings, 'framesPerSecondMax'>;
  /** The machine's clock. */
  readonly nowMs: () => number;
  readonly onFrame?: (atMs: number) => void;
}

/** A face is seen from this size on, however large it must be for the door. */
const SEEN_PX = 40;

/** Looks at a recording as a door does, at every one of its frames. @throws {FaceCoreError} the vision's own */
export async function traceVideo(
  frames: AsyncIterable<TimedFrame>,
  options: TraceOptions,
): Promise<VideoTrace> {
  const chain = new Chain(options);
  for await (const timed of frames) {
    await chain.look(timed);
    options.onFrame?.(timed.atMs);
  }
  return { frames: chain.frames, decisions: chain.decisions };
}

class Chain {
  readonly frames: TracedFrame[] = [];
  readonly decisions: TracedDecision[] = [];
  readonly #options: TraceOptions;
  readonly #follower: ReturnType<ChainVision['follow']>;
  readonly #identifier: TrackIdentifier;
  /** Whom a probe resembles most: a refusal does not say. */
  readonly #best = new WeakMap<Float32Array, string>();
  readonly #embedded = new Map<string, number>();

  constructor(options: TraceOptions) {
    this.#options = options;
    const { faceSizeMinPx } = options.settings;
    this.#follower = options.vision.follow({ faceSizeMinPx, facesMax: LOOK_LIMITS.facesMax });
    this.#identifier = new TrackIdentifier({ search: (probe) => this.#search(probe) });
  }

  async look({ frame, atMs }: TimedFrame): Promise<void> {
    const { vision, nowMs } = this.#options;
    const beganMs = nowMs();
    const followed = await this.#follower.update(frame, atMs);
    const faces = followed
      .filter(({ visible }) => visible)
      .map(({ id, face }) => ({ trackId: id, face, quality: quickQuality(face, frame) }));
    const wanted = this.#identifier.observe(faces, atMs);
    const embeddings = await embedFaces(vision, frame, wanted);
    for (const [trackId, embedding] of embeddings) this.#take({ trackId, embedding, atMs, beganMs });
    const processingMs = nowMs() - beganMs;
    const isInRange = faces.length > 0;
    this.frames.push({ atMs, isSeen: isInRange || (await this.#isSeen(frame)), isInRange, processingMs });
  }

  #search(probe: Float32Array): readonly Candidate[] {
    const found = this.#options.search(probe);
    if (found[0]) this.#best.set(probe, found[0].personId);
    return found;
  }

  #take(look: { trackId: string; embedding: Float32Array; atMs: number; beganMs: number }): void {
    const { trackId, embedding, atMs, beganMs } = look;
    const frames = (this.#embedded.get(trackId) ?? 0) + 1;
    this.#embedded.set(trackId, frames);
    const verdict = this.#identifier.take(trackId, embedding, { atMs, rule: this.#options.settings });
    if (!verdict) return;
    const { reason, personId, similarity, probe } = verdict;
    this.decisions.push({
      ...{ atMs, reason, personId, similarity, frames },
      bestPersonId: this.#best.get(probe) ?? null,
      processingMs: this.#options.nowMs() - beganMs,
    });
  }

  async #isSeen(frame: Frame): Promise<boolean> {
    const { vision, settings } = this.#options;
    const faceSizeMinPx = Math.min(SEEN_PX, settings.faceSizeMinPx);
    return (await vision.detect(frame, { faceSizeMinPx, facesMax: 1 })).length > 0;
  }
}
