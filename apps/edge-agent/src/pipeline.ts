import type { AgentEvent } from '@munjigi/contracts';
import { embedFaces, LOOK_LIMITS } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { messageOf } from './domain/agent-error';
import type { Threshold } from './domain/threshold';
import type { KnownHere } from './local/door-knowledge';
import { Arrivals } from './domain/arrivals';
import { RecentFigures } from './domain/recent-figures';
import { SilentGrants } from './domain/silent-grants';
import { RateMeter } from './domain/rate-meter';
import type { Clock } from './ports/clock';
import type { MemoryStore } from './ports/memory-store';
import type { CapturedFrame } from './ports/frame-source';
import type { Uplink } from './ports/uplink-user';
import type { Vision } from './ports/vision';
import type { DoorActuator } from './stages/actuate';
import type { FrameMailbox } from './stages/capture';
import { Authoriser, type WhereaboutsNews } from './stages/authorise';
import { Decider, type People, type VisitBegun } from './stages/decide';
import type { EventBook } from './stages/event-book';
import type { CaptureKeeper } from './stages/keep-captures';
import type { EventPictureKeeper } from './stages/keep-event-pictures';
import { ThresholdKeeper } from './stages/keep-threshold';
import { previewFace, type PreviewStage } from './stages/preview';
import { visitDraft } from './stages/record';
import { TrackStage, type TrackedFace } from './stages/track';

/** How long a look at the mode holds the door: longer than the pause between two looks. */
const MODE_HOLD_MS = 2_500;

/** How much one frame counts in the time that frames take. */
const LOOK_WEIGHT = 0.05;

/** The parts of a door's eye. */
export interface PipelineOptions {
  readonly mailbox: FrameMailbox;
  readonly vision: Vision;
  readonly target: KnownHere;
  readonly events: Pick<EventBook, 'append' | 'appendOrHold'>;
  readonly memory: MemoryStore;
  readonly actuator: DoorActuator;
  readonly captures: CaptureKeeper;
  readonly pictures: EventPictureKeeper;
  /** Whoever watches, each on their own. */
  readonly previews: readonly PreviewStage[];
  readonly uplink: Uplink;
  readonly clock: Clock;
  readonly log: Logger;
  /** What keeps the door from recognising, in words for people; null when it recognises again. */
  readonly onFault: (fault: string | null) => void;
  /** A frame went through all stages. */
  readonly onLooked: () => void;
  /** A frame that takes longer is a fault. Default 10,000. */
  readonly lookLimitMs?: number;
}

/**
 * Looks at one frame after the other: find and follow, align, embed, match, decide, record, actuate.
 *
 * A frame that fails is logged and passed over; a visit that cannot be recorded opens nothing.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #tracks: TrackStage;
  readonly #decider: Decider;
  readonly #authoriser: Authoriser;
  readonly #threshold: ThresholdKeeper;
  readonly #rate = new RateMeter();
  #lookMs: number | null = null;
  readonly #arrivals = new Arrivals();
  readonly #openings = new RecentFigures();
  readonly #silent = new SilentGrants();
  #fault: string | null = null;
  #isUnrecorded = false;

  constructor(options: PipelineOptions) {
    this.#options = options;
    const { target, vision, clock, log } = options;
    this.#tracks = new TrackStage(vision);
    const threshold = new ThresholdKeeper({ basis: target, model: vision, log });
    this.#threshold = threshold;
    const { uplink } = options;
    const { memory } = options;
    this.#authoriser = new Authoriser({
      ...{ source: target, clock, memory, log },
      rulesAgeMs: () => uplink.rulesAgeMs,
    });
    const people: People = {
      get settings() {
        return target.settings;
      },
      knows: (personId) => target.knows(personId),
      search: (probe) => target.search(probe),
      authorise: (personId) => this.#authoriser.ask(personId),
    };
    this.#decider = new Decider({ people, threshold, modelSimilarityMin: vision.similarityMin });
    target.onChange(() => {
      threshold.update();
      this.#authoriser.forgetUnknown((personId) => target.knows(personId));
      this.#decider.reopen(clock.monotonicMs());
      this.keepMode();
    });
  }

  /** Sets the door's mode as the rules say; asked again and again, the door relocks by itself when nobody asks. */
  keepMode(): void {
    const { mode, cause } = this.#authoriser.mode;
    const isEmergency = cause.kind === 'override' && cause.priority === 'emergency';
    this.#options.actuator.setMode(mode, { isEmergency, forMs: MODE_HOLD_MS });
  }

  /** Other doors told who passed, and who was pardoned. */
  learn(told: WhereaboutsNews): void {
    this.#authoriser.learn(told);
  }

  /** The door tells whether somebody who was let in opened it. */
  settle(eventId: string, isTaken: boolean): void {
    this.#authoriser.settle(eventId, isTaken);
  }

  /** The threshold that is decided by now, and why. */
  get threshold(): Threshold {
    return this.#threshold.current;
  }

  /** From a face's first frame to the relay, ms, of the latest who were let in; nulls: nobody was. */
  get openingMs(): { readonly p50: number | null; readonly p95: number | null } {
    return { p50: this.#openings.quantile(0.5), p95: this.#openings.quantile(0.95) };
  }

  /** Frames a second that were looked at, over the last seconds. */
  get framesPerSecond(): number {
    return this.#rate.perSecond(this.#options.clock.monotonicMs());
  }

  /** From a frame's arrival until all faces on it were looked at, the newest frames count most, ms; null before one. */
  get lookMs(): number | null {
    return this.#lookMs;
  }

  /** Looks at frames until the mailbox is closed. Never rejects. */
  async run(): Promise<void> {
    const { mailbox, captures, pictures, previews, lookLimitMs = 10_000, onLooked } = this.#options;
    for (let frame = await mailbox.take(); frame; frame = await mailbox.take()) {
      const limit = setTimeout(() => this.#tell(new Error('The engine does not answer.')), lookLimitMs);
      try {
        await this.#look(frame);
        this.#tell(null);
        onLooked();
      } catch (error) {
        this.#tell(error);
      } finally {
        clearTimeout(limit);
        frame.release();
      }
    }
    await Promise.all([captures, pictures, ...previews].map((stage) => stage.settled()));
  }

  /** Tells of a failure once, not once a frame. */
  #tell(error: unknown): void {
    const fault = error === null ? null : `Faces cannot be recognised. ${messageOf(error)}`;
    if (fault === this.#fault) return;
    this.#fault = fault;
    const { log, onFault } = this.#options;
    if (fault === null) log.info('frames are looked at again');
    else log.error({ err: error }, 'frame failed');
    onFault(fault);
  }

  async #look(frame: CapturedFrame): Promise<void> {
    const { vision, target, captures, pictures, previews, clock } = this.#options;
    if (this.#tracks.isCut(frame)) this.#decider.endScene();
    const { faceSizeMinPx } = target.settings;
    const faces = await this.#tracks.track(frame, { faceSizeMinPx, facesMax: LOOK_LIMITS.facesMax });
    const inView = new Set<string>(faces.map(({ trackId }) => trackId));
    this.#arrivals.observe(inView, { atMs: frame.capturedAtMs, frameNumber: frame.frameNumber });
    const wanted = this.#decider.observe(faces, frame.capturedAtMs, LOOK_LIMITS.embeddedMax);
    await this.#judgeLiveness(frame, this.#decider.livenessWanted(faces, wanted));
    const [embeddings] = await Promise.all([
      embedFaces(vision, frame, wanted),
      pictures.look(frame, faces, wanted),
    ]);
    for (const { trackId } of wanted) {
      const embedding = embeddings.get(trackId);
      const begun = embedding && this.#decider.take(trackId, embedding, frame.capturedAtMs);
      if (begun) this.#begin(begun, frame.capturedAtMs);
    }
    for (const begun of this.#decider.takeWaiting(frame.capturedAtMs)) this.#begin(begun, frame.capturedAtMs);
    const nowMs = clock.monotonicMs();
    this.#rate.count(nowMs);
    const lookMs = Math.max(0, nowMs - frame.capturedAtMs);
    this.#lookMs = this.#lookMs === null ? lookMs : this.#lookMs + LOOK_WEIGHT * (lookMs - this.#lookMs);
    captures.offer(frame, faces);
    const shown = faces.map((face) => this.#shown(face));
    for (const preview of previews) preview.offer(frame, shown, this.framesPerSecond);
  }

  async #judgeLiveness(frame: CapturedFrame, faces: readonly TrackedFace[]): Promise<void> {
    const { vision } = this.#options;
    // Without a network nothing is known of a face, and the decider denies.
    if (faces.length === 0 || !vision.liveness) return;
    const scores = await vision.liveness(
      frame,
      faces.map(({ face }) => face.box),
    );
    for (const [index, { trackId }] of faces.entries()) {
      this.#decider.takeLiveness(trackId, scores[index], frame.capturedAtMs);
    }
  }

  #begin(begun: VisitBegun, atMs: number): void {
    const { clock, events, vision, target, uplink, actuator, pictures, log } = this.#options;
    const picture = pictures.of(begun);
    const { outcome, reason, personId } = begun.verdict;
    let event: Pick<AgentEvent, 'id'>;
    try {
      const draft = visitDraft(begun, {
        clock,
        modelId: vision.modelId,
        appliedRevision: target.appliedRevision,
        clockOffsetMs: uplink.clockOffsetMs,
        clockErrorMs: uplink.clockErrorMs,
        pictureHash: picture?.hash ?? null,
      });
      // Nothing follows from a denial: it can be written later. A grant is written first.
      const written = outcome === 'granted' ? events.append(draft) : events.appendOrHold(draft);
      this.#decider.confirm(begun, atMs);
      const { id, similarity, trackId } = draft;
      const sequence = written?.sequence ?? null;
      log.info({ id, sequence, outcome, reason, personId, similarity, trackId }, 'access decided');
      event = draft;
    } catch (error) {
      this.#tellUnrecorded(error, begun);
      this.#decider.revoke(begun, atMs);
      return;
    }
    this.#isUnrecorded = false;
    if (picture) pictures.keep(picture, personId);
    // Where the door has a contact, it tells itself who passed.
    const tells = actuator.condition.position !== 'unknown';
    if (personId !== null) this.#authoriser.note(personId, { outcome, reason }, tells ? event.id : null);
    if (outcome === 'granted' && personId !== null) {
      this.#open(begun.unlockMs, personId, event.id);
      void this.#measure(begun.trackId, event.id);
    }
    uplink.eventsWaiting();
  }

  /** Tells once: the same face is decided about again and again for as long as it cannot be written down. */
  #tellUnrecorded(error: unknown, { trackId }: VisitBegun): void {
    const { log } = this.#options;
    log[this.#isUnrecorded ? 'debug' : 'error'](
      { err: error, trackId },
      'visit not recorded, door stays shut',
    );
    this.#isUnrecorded = true;
  }

  #open(unlockMs: number, personId: string, eventId: string): void {
    // What the rules said of the person they say of the door, too: it must not go by an older mode.
    this.keepMode();
    const extended = this.#authoriser.needsLonger(personId);
    this.#options.actuator.unlock({ unlockMs, by: 'person', extended, eventId });
  }

  async #measure(trackId: string, eventId: string): Promise<void> {
    const { actuator, clock, log } = this.#options;
    const arrival = this.#arrivals.take(trackId);
    const hasUnlocked = await actuator.hasUnlocked();
    if (!hasUnlocked && actuator.condition.hardwareFault !== null) this.#silent.add(trackId);
    if (!hasUnlocked || !arrival) return;
    const openingMs = clock.monotonicMs() - arrival.atMs;
    this.#openings.add(openingMs);
    log.info({ eventId, openingMs, firstFrame: arrival.frameNumber }, 'opened after a face came into range');
  }

  #shown(face: TrackedFace) {
    const { target, actuator } = this.#options;
    return previewFace(face, {
      verdict: (trackId) => this.#decider.verdict(trackId),
      similarity: (trackId) => this.#decider.similarity(trackId),
      turnedAway: (trackId) => this.#decider.turnedAway(trackId),
      isLockSilent: (trackId) => this.#silent.has(trackId, actuator.lock === 'unlocked'),
      isWaiting: (trackId) => this.#decider.isWaiting(trackId),
      nameOf: (personId) => target.nameOf(personId),
    });
  }
}
