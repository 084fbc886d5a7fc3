import { Injectable } from '@nestjs/common';
import {
  AGENT_CAPABILITIES,
  DOOR_EVENT_KINDS,
  SERVER_CAPABILITIES,
  type ClockSync,
  type DoorState,
  type EventsCheckpoint,
  type EventsPushEnvelope,
  type eventsCheckpointAnswerSchema,
  type Hello,
  type KeysRotate,
  type SyncApplied,
  type SyncDigest,
  type SyncPull,
  type SyncRepair,
  type eventsPushAnswerSchema,
  type helloAnswerSchema,
  type keysRotateAnswerSchema,
  type syncDigestAnswerSchema,
  type syncPullAnswerSchema,
  type syncRepairAnswerSchema,
} from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import { LiveBus } from '../../platform/realtime/live-bus';
import { DeviceKeys } from '../devices/device-keys';
import { notPaired } from '../devices/devices.errors';
import { DoorProgress } from '../doors/door-progress';
import { DoorsRepository } from '../doors/doors.repository';
import { DoorEventLog } from '../events/door-event-log';
import { refuseDisorder } from '../events/event-batch';
import { EventCheckpoints } from '../events/event-checkpoints';
import { EventRecorder } from '../events/event-recorder';
import { readEvents } from '../events/read-events';
import { doorOf, type AgentSocket } from './agent-socket';
import { DoorOrder } from './door-order';
import { agreedVersion } from './protocol-version';
import { StateComparisons } from './state-comparisons';
import { CHANGES_PER_PULL_MAX, SyncService } from './sync.service';

/** The schema's own bound on a batch. */
const EVENTS_PER_PUSH_MAX = 500;

/** Less of a difference is not worth a write. */
const CLOCK_NEWS_MS = 100;

/** What agents may do once they are connected. */
@Injectable()
export class AgentSessions {
  /**
   * What is noted of a door, over all of its connections: a leave that is noted late must not take away the presence
   * of the connection that came after it.
   */
  private readonly noting = new DoorOrder();

  constructor(
    private readonly doors: DoorsRepository,
    private readonly keys: DeviceKeys,
    private readonly progress: DoorProgress,
    private readonly sync: SyncService,
    private readonly comparisons: StateComparisons,
    private readonly recorder: EventRecorder,
    private readonly checkpoints: EventCheckpoints,
    private readonly log: DoorEventLog,
    private readonly feed: ChangeFeed,
    private readonly bus: LiveBus,
    private readonly logger: PinoLogger,
  ) {}

  /** Answers hello with where the agent's state and outbox stand, and lets other messages through from now on. */
  async begin(socket: AgentSocket, hello: Hello): Promise<z.input<typeof helloAnswerSchema>> {
    const doorId = doorOf(socket);
    const protocol = agreedVersion(hello.protocol ?? { min: hello.v, max: hello.v });
    await this.noting.next(doorId, () => this.present([doorId]));
    await this.doors.noteAgent(doorId, {
      version: hello.agentVersion,
      protocol,
      clockOffsetMs: Date.now() - Date.parse(hello.clock.wallTime),
    });
    const details = { agentVersion: hello.agentVersion };
    await this.log.note([{ doorId, kind: 'agent-online', details }]);
    const { door } = await this.doors.get(doorId);
    const desiredRevision = await this.feed.head();
    await this.progress.note(doorId, hello.appliedRevision);
    const acknowledgedSequence = await this.recorder.announced(doorId, hello.outbox);
    const transforms = understandsTransforms(hello.capabilities);
    socket.data.modelId = hello.modelId;
    socket.data.appliedRevision = hello.appliedRevision;
    socket.data.capabilities = hello.capabilities;
    socket.data.epoch = hello.outbox.epoch;
    this.logger.info(
      {
        doorId,
        agentVersion: hello.agentVersion,
        modelId: hello.modelId,
        appliedRevision: hello.appliedRevision,
      },
      'agent connected',
    );
    return {
      ok: true,
      doorId,
      doorName: door.name,
      serverTime: new Date().toISOString(),
      desiredRevision,
      accessRules: understandsRules(hello.capabilities),
      transformId: transforms ? await this.sync.transformId() : null,
      acknowledgedSequence,
      eventKinds: ['access', ...DOOR_EVENT_KINDS],
      capabilities: [...SERVER_CAPABILITIES],
      protocol,
      understood: hello.capabilities.filter(isUnderstood),
      limits: { eventsPerPushMax: EVENTS_PER_PUSH_MAX, changesPerPullMax: CHANGES_PER_PULL_MAX },
    };
  }

  /** A pull says what the agent has applied before. */
  async pull(socket: AgentSocket, request: SyncPull): Promise<z.input<typeof syncPullAnswerSchema>> {
    const { modelId = '', capabilities } = socket.data;
    const doorId = doorOf(socket);
    if (request.afterRevision !== socket.data.appliedRevision)
      await this.progress.note(doorId, request.afterRevision);
    const transforms = understandsTransforms(capabilities);
    const { afterRevision, limit } = request;
    socket.data.appliedRevision = afterRevision;
    const rules = understandsRules(capabilities);
    const blocks = understandsBlocks(capabilities);
    const cameras = understandsCameras(capabilities);
    const understood = { transforms, rules, blocks, cameras };
    // What it does not hold yet cannot be gone, page after page until the end of the feed as it was at first.
    if (afterRevision === 0) socket.data.emptyThrough = request.isEmpty ? await this.feed.head() : 0;
    const { emptyThrough } = socket.data;
    return this.sync.pull({ doorId, modelId, ...understood, afterRevision, limit, emptyThrough });
  }

  /** Compares what the agent holds with what it should. @throws {AppError} `sync/not-comparable` */
  async compare(socket: AgentSocket, digest: SyncDigest): Promise<z.input<typeof syncDigestAnswerSchema>> {
    return { ok: true, ...(await this.comparisons.compare(comparable(socket), digest)) };
  }

  /** All that a part of its state should hold. @throws {AppError} `sync/not-comparable`, `sync/part-too-large` */
  async repair(socket: AgentSocket, { part }: SyncRepair): Promise<z.input<typeof syncRepairAnswerSchema>> {
    return { ok: true, changes: await this.sync.part({ ...comparable(socket), part }) };
  }

  /** Notes what the agent has in its store. */
  async applied(socket: AgentSocket, { appliedRevision }: SyncApplied): Promise<void> {
    if (appliedRevision === socket.data.appliedRevision) return;
    socket.data.appliedRevision = appliedRevision;
    await this.progress.note(doorOf(socket), appliedRevision);
  }

  /** Stores a batch and answers after its commit. Batches of one connection are stored in the order they came. */
  async push(
    socket: AgentSocket,
    batch: EventsPushEnvelope,
  ): Promise<z.input<typeof eventsPushAnswerSchema>> {
    if (batch.epoch !== socket.data.epoch) {
      throw new AppError(
        'invalid',
        'events/other-epoch',
        'The batch is not of the outbox that hello announced.',
      );
    }
    // A batch sent while another was on its way says nothing of what the agent still has before it.
    const isInTurn = batch.overtakes !== true;
    const startsAtOldest = isInTurn && !socket.data.pushed && socket.data.pushing === 0;
    if (isInTurn) socket.data.pushing++;
    const recorded = socket.data.recording
      .then(() => this.record(socket, batch, startsAtOldest))
      .finally(() => {
        if (isInTurn) socket.data.pushing--;
      });
    socket.data.recording = recorded.catch(() => undefined);
    return recorded;
  }

  /** Takes the device's signature of its events so far. @throws {AppError} as {@link EventCheckpoints.take} */
  async checkpoint(
    socket: AgentSocket,
    checkpoint: EventsCheckpoint,
  ): Promise<z.input<typeof eventsCheckpointAnswerSchema>> {
    const doorId = doorOf(socket);
    const { epoch, sequence } = checkpoint;
    const fits = await this.checkpoints.take(doorId, socket.data.fingerprint, checkpoint);
    if (!fits) this.logger.error({ doorId, epoch, sequence }, 'a door has signed other events than it sent');
    return { ok: true };
  }

  /** Takes a new key of the agent's device. @throws {AppError} as {@link DeviceKeys.announce} */
  async rotate(socket: AgentSocket, request: KeysRotate): Promise<z.input<typeof keysRotateAnswerSchema>> {
    const { fingerprint } = socket.data;
    if (fingerprint === undefined) throw notPaired();
    return {
      ok: true,
      fingerprint: await this.keys.announce(fingerprint, request, socket.handshake.address),
    };
  }

  /** Notes how far an agent's wall clock is from ours: as it has measured, else by the way that the message took. */
  async clock(socket: AgentSocket, { wallTime, offsetMs }: ClockSync, receivedMs: number): Promise<void> {
    const clockOffsetMs = Math.round(offsetMs ?? receivedMs - Date.parse(wallTime));
    const noted = socket.data.clockOffsetMs;
    if (noted !== undefined && Math.abs(noted - clockOffsetMs) < CLOCK_NEWS_MS) return;
    socket.data.clockOffsetMs = clockOffsetMs;
    await this.doors.noteClock(doorOf(socket), clockOffsetMs);
  }

  /** Notes what an agent says of its door. */
  heard(socket: AgentSocket, state: DoorState): Promise<void> {
    return this.noting.next(doorOf(socket), () => this.noteState(doorOf(socket), state));
  }

  private async noteState(doorId: string, state: DoorState): Promise<void> {
    const { cameraFault, cameraFaultKind, disk } = state;
    const before = await this.doors.noteHeard(doorId, state);
    if (before.cameraFault !== cameraFault) {
      await this.log.note([
        cameraFault === null
          ? { doorId, kind: 'camera-restored', details: {} }
          : { doorId, kind: 'camera-fault', details: { fault: cameraFault, kind: cameraFaultKind } },
      ]);
    }
    await this.noteDisk(doorId, before.disk, disk);
    this.bus.send('door', { doorId });
  }

  private async noteDisk(doorId: string, before: DoorState['disk'], disk: DoorState['disk']): Promise<void> {
    if (disk === null || disk.level === (before?.level ?? 'ok')) return;
    await this.log.note([
      disk.level === 'ok'
        ? { doorId, kind: 'disk-restored', details: {} }
        : { doorId, kind: 'disk-low', details: disk },
    ]);
  }

  /** Notes that doors are online, their agents connected to this process. */
  async present(doorIds: readonly string[]): Promise<void> {
    await this.doors.noteConnected(doorIds);
    for (const doorId of doorIds) this.bus.send('door', { doorId });
  }

  /** Notes that a door's agent has left. */
  left(socket: AgentSocket): Promise<void> {
    return this.noting.next(doorOf(socket), () => this.noteLeave(doorOf(socket)));
  }

  private async noteLeave(doorId: string): Promise<void> {
    const wasHere = await this.doors.noteDisconnected(doorId);
    if (wasHere) await this.log.note([{ doorId, kind: 'agent-offline', details: { cause: 'left' } }]);
    this.bus.send('door', { doorId });
  }

  private async record(
    socket: AgentSocket,
    { epoch, events: received, overtakes }: EventsPushEnvelope,
    startsAtOldest: boolean,
  ): Promise<z.input<typeof eventsPushAnswerSchema>> {
    const doorId = doorOf(socket);
    refuseDisorder(received);
    const batch = { doorId, epoch, ...readEvents(epoch, received), startsAtOldest, overtakes };
    const { acknowledgedSequence, missing, refused } = await this.recorder.record(batch);
    socket.data.pushed ||= overtakes !== true;
    if (missing > 0)
      this.logger.error({ doorId, epoch, missing, acknowledgedSequence }, 'events of a door are missing');
    if (refused > 0) this.logger.error({ doorId, epoch, refused }, 'events of a door were set aside');
    return { ok: true, acknowledgedSequence };
  }
}

/** Whose state is compared as a whole has to be sent the whole. @throws {AppError} `sync/not-comparable` */
function comparable(socket: AgentSocket): { doorId: string; modelId: string } {
  const { modelId = '', capabilities } = socket.data;
  const needed = ['state-digest', 'access-rules', 'template-transform', 'template-blocks'] as const;
  if (needed.every((capability) => capabilities.includes(capability)))
    return { doorId: doorOf(socket), modelId };
  throw new AppError(
    'invalid',
    'sync/not-comparable',
    'The agent did not announce what a comparison takes.',
    {
      detail: `Hello has to name ${needed.join(', ')}.`,
    },
  );
}

function isUnderstood(capability: string): boolean {
  return (AGENT_CAPABILITIES as readonly string[]).includes(capability);
}

/** Whether an agent takes the settings of its camera. */
function understandsCameras(capabilities: readonly string[]): boolean {
  return capabilities.includes('camera-settings' satisfies (typeof AGENT_CAPABILITIES)[number]);
}

/** Whether an agent goes by access rules. */
function understandsRules(capabilities: readonly string[]): boolean {
  return capabilities.includes('access-rules' satisfies (typeof AGENT_CAPABILITIES)[number]);
}

/** Whether an agent takes templates in blocks. */
function understandsBlocks(capabilities: readonly string[]): boolean {
  return capabilities.includes('template-blocks' satisfies (typeof AGENT_CAPABILITIES)[number]);
}

/** Whether an agent applies transforms to its probes. */
function understandsTransforms(capabilities: readonly string[]): boolean {
  return capabilities.includes('template-transform' satisfies (typeof AGENT_CAPABILITIES)[number]);
}
