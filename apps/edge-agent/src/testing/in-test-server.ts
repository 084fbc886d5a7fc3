import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AGENT_NAMESPACE,
  AGENT_PROTOCOL_VERSION,
  DOOR_EVENT_KINDS,
  agentHandshakeSchema,
  captureAnswerSchema,
  whereaboutsPullSchema,
  type changeSchema,
  differingParts,
  doorStateSchema,
  commandReportMessageSchema,
  doorCommandAnswerSchema,
  eventsPushSchema,
  clockSyncSchema,
  helloSchema,
  imagesChunkSchema,
  imagesOfferSchema,
  peopleRevokedSchema,
  previewFrameSchema,
  syncAppliedSchema,
  syncDigestSchema,
  syncPullSchema,
  syncRepairSchema,
  type AgentDoorEvent,
  type AgentEvent,
  type CaptureAnswer,
  type DoorState,
  type ClockSync,
  type CommandReportMessage,
  type DoorCommandAnswer,
  type Hello,
  type ImagesChunk,
  type PreviewFrame,
  type PushedEvent,
  type SyncPull,
} from '@munjigi/contracts';
import { changesOfPart, digestOf } from '@munjigi/contracts/testing';
import { Server, type Socket } from 'socket.io';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';

/** A change as a test writes it, without the revision that the server gives it. */
type ChangeInput =
  z.input<typeof changeSchema> extends infer C
    ? C extends { revision: number }
      ? Omit<C, 'revision'>
      : never
    : never;

type ChangeView = z.input<typeof changeSchema>;

/**
 * The server's end of the agent protocol, in memory: it checks every message against the contracts, stores events
 * once however often they come, and misbehaves when told to.
 */
export class InTestServer {
  readonly doorId = uuidV7();
  token = 'mnj_agent_' + 'A'.repeat(43);
  /** How often each event was pushed, by id. */
  readonly pushes = new Map<string, number>();
  readonly stored = new Map<string, AgentEvent>();
  /** What doors told of themselves, once each, in order. */
  readonly happened = new Map<string, AgentDoorEvent>();
  /** The kinds of events that hello says it takes. */
  eventKinds: readonly string[] = ['access', ...DOOR_EVENT_KINDS];
  readonly hellos: Hello[] = [];
  readonly pulls: SyncPull[] = [];
  readonly doorStates: DoorState[] = [];
  readonly previews: PreviewFrame[] = [];
  /** What doors said of their clocks. */
  readonly clocks: ClockSync[] = [];
  /** Events that came ahead of others. */
  readonly overtaken: PushedEvent[] = [];
  /** Pushes are looked at only when this is done. */
  pushesHeldUntil: Promise<void> = Promise.resolve();
  /** What has come of pictures, by hash. */
  readonly images = new Map<string, Buffer>();
  readonly chunks: ImagesChunk[] = [];
  /** So many parts of pictures are lost. */
  chunksToLose = 0;
  refusesImages = false;
  /** Names of messages of the lanes, as they came. */
  readonly told: string[] = [];
  /** What agents said of commands, each time. */
  readonly reports: CommandReportMessage[] = [];
  /** So many reports are taken, and the answer then lost. */
  reportsToLose = 0;
  /** Messages that did not fit the contracts; a test expects none. */
  readonly violations: string[] = [];
  /** So many pushes are stored, and their acknowledgement then lost. */
  acknowledgementsToLose = 0;
  /** So many connections are lost between their transport and the word that they are there. */
  connectionsToLose = 0;
  /** So many pushes are refused. */
  pushesToRefuse = 0;
  /** The next pull is answered with a reset. */
  resetNext = false;
  /** The server's clock ahead of this computer's, ms. */
  clockAheadMs = 0;
  changesPerPull = 2;
  /** Acknowledged sequence that hello answers with, instead of the true one. */
  helloAcknowledges: number | null = null;
  /** The transform that hello tells of. */
  transformId: string | null = null;
  /** Whether it says that it sends access rules. */
  accessRules = false;
  /** Revisions up to which the agent said that the revoked are forgotten. */
  readonly revoked: number[] = [];
  /** Pulls are answered only when this is done. */
  pullsHeldUntil: Promise<void> = Promise.resolve();
  /** Revisions that the agent said it had applied, in order. */
  readonly applied: number[] = [];
  /** What hello says that the server understands. */
  capabilities: readonly string[] = [];
  /** The version that hello's answer goes on in; undefined: it does not say. */
  protocol: number | undefined;
  /** The parts that differed, of every comparison. */
  readonly comparisons: number[][] = [];
  /** What it answers when it is asked where people are, page by page. */
  whereabouts: { moved: unknown[]; pardoned: unknown[] }[] = [];
  /** Put in front of every page, as a newer server might. */
  foreignChanges: unknown[] = [];

  readonly #http = createServer();
  readonly #io = new Server(this.#http, { serveClient: false });
  readonly #byEpoch = new Map<string, number>();
  #changes: ChangeView[] = [];
  #revision = 0;
  #url = '';

  constructor() {
    const agents = this.#io.of(AGENT_NAMESPACE);
    agents.use((socket, next) => {
      if (this.connectionsToLose > 0) {
        this.connectionsToLose -= 1;
        socket.conn.close();
        return;
      }
      const handshake = agentHandshakeSchema.safeParse(socket.handshake.auth);
      const isKnown = handshake.success && 'token' in handshake.data && handshake.data.token === this.token;
      next(isKnown ? undefined : new Error('agent/unauthenticated'));
    });
    agents.on('connection', (socket) => this.#serve(socket));
  }

  /** Listens. @returns its address */
  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(port, '127.0.0.1', resolve));
    this.#url = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
    return this.#url;
  }

  /** Its address, also once it is stopped. */
  get url(): string {
    return this.#url;
  }

  get connections(): number {
    return this.#io.of(AGENT_NAMESPACE).sockets.size;
  }

  async stop(): Promise<void> {
    await this.#io.close();
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#io.of(AGENT_NAMESPACE).sockets.values()) socket.conn.transport.close();
  }

  /** Writes changes into the feed and tells the agents. */
  change(...changes: ChangeInput[]): void {
    for (const change of changes) {
      this.#revision += 1;
      this.#changes.push({
        etag: `etag-${this.#revision}`,
        ...change,
        revision: this.#revision,
      } as ChangeView);
    }
    this.send('sync.changed', { v: AGENT_PROTOCOL_VERSION, desiredRevision: this.#revision });
  }

  /** Begins another database, with revisions of its own. */
  forgetFeed(): void {
    this.#changes = [];
    this.#revision = 0;
  }

  /** Sends a message to every agent. */
  send(event: string, message: unknown): void {
    this.#io.of(AGENT_NAMESPACE).emit(event, message);
  }

  /** Asks the connected agent anything. */
  async ask(event: string, message: object): Promise<unknown> {
    const [socket] = await this.#io.of(AGENT_NAMESPACE).fetchSockets();
    return socket!.timeout(5000).emitWithAck(event, message) as Promise<unknown>;
  }

  /** Asks the connected agent for pictures. */
  async capture(message: unknown): Promise<CaptureAnswer> {
    const [socket] = await this.#io.of(AGENT_NAMESPACE).fetchSockets();
    const answer: unknown = await socket!.timeout(5000).emitWithAck('capture.request', message);
    return captureAnswerSchema.parse(answer);
  }

  /** Commands the connected agent. */
  async command(message: unknown): Promise<DoorCommandAnswer> {
    const [socket] = await this.#io.of(AGENT_NAMESPACE).fetchSockets();
    return doorCommandAnswerSchema.parse(await socket!.timeout(5000).emitWithAck('door.command', message));
  }

  #serve(socket: Socket): void {
    socket.on('hello', (message: unknown, answer: (reply: unknown) => void) => {
      const hello = this.#read(helloSchema, message);
      if (!hello) return;
      this.hellos.push(hello);
      answer({
        ok: true,
        doorId: this.doorId,
        doorName: 'Main entrance',
        serverTime: new Date(Date.now() + this.clockAheadMs).toISOString(),
        desiredRevision: this.#revision,
        transformId: this.transformId,
        accessRules: this.accessRules,
        acknowledgedSequence: this.helloAcknowledges ?? this.#byEpoch.get(hello.outbox.epoch) ?? 0,
        eventKinds: this.eventKinds,
        capabilities: this.capabilities,
        protocol: this.protocol,
        limits: { eventsPerPushMax: 3, changesPerPullMax: this.changesPerPull },
      });
    });
    socket.on('sync.pull', (message: unknown, answer: (reply: unknown) => void) => {
      const pull = this.#read(syncPullSchema, message);
      if (!pull) return;
      const page = this.#page(pull);
      void this.pullsHeldUntil.then(() => answer(page));
    });
    socket.on('people.revoked', (message: unknown) => {
      const revoked = this.#read(peopleRevokedSchema, message);
      if (revoked) this.revoked.push(revoked.revision);
    });
    let page = 0;
    socket.on('whereabouts.pull', (message: unknown, answer: (reply: unknown) => void) => {
      if (!this.#read(whereaboutsPullSchema, message)) return;
      const found = this.whereabouts[page] ?? { moved: [], pardoned: [] };
      page += 1;
      answer({ ok: true, ...found, next: page < this.whereabouts.length ? uuidV7() : null });
    });
    socket.on('sync.digest', (message: unknown, answer: (reply: unknown) => void) => {
      const digest = this.#read(syncDigestSchema, message);
      if (!digest) return;
      const isLevel = digest.revision === this.#revision;
      const parts = isLevel ? differingParts(digest.parts, digestOf(this.#changes)) : [];
      this.comparisons.push(parts);
      const verdict = isLevel ? (parts.length === 0 ? 'same' : 'different') : 'unsettled';
      answer({ ok: true, verdict, parts });
    });
    socket.on('sync.repair', (message: unknown, answer: (reply: unknown) => void) => {
      const repair = this.#read(syncRepairSchema, message);
      if (repair) answer({ ok: true, changes: changesOfPart(this.#changes, repair.part) });
    });
    socket.on('sync.applied', (message: unknown) => {
      const applied = this.#read(syncAppliedSchema, message);
      if (applied) this.applied.push(applied.appliedRevision);
    });
    socket.on('events.push', (message: unknown, answer: (reply: unknown) => void) => {
      const push = this.#read(eventsPushSchema, message);
      this.told.push('events.push');
      if (!push) return;
      if (push.overtakes) {
        this.overtaken.push(...push.events);
        answer({ ok: true, acknowledgedSequence: this.#byEpoch.get(push.epoch) ?? 0 });
      } else void this.pushesHeldUntil.then(() => this.#store(push.epoch, push.events, answer));
    });
    socket.on('clock.sync', (message: unknown, answer: (reply: unknown) => void) => {
      const sync = this.#read(clockSyncSchema, message);
      if (!sync) return;
      this.clocks.push(sync);
      const nowMs = Date.now() + this.clockAheadMs;
      answer({ ok: true, receivedMs: nowMs, answeredMs: nowMs });
    });
    socket.on('images.offer', (message: unknown, answer: (reply: unknown) => void) => {
      const offer = this.#read(imagesOfferSchema, message);
      if (!offer) return;
      this.told.push('images.offer');
      answer({
        ok: true,
        images: offer.images.map(({ hash, sizeBytes }) => this.#standing(hash, sizeBytes)),
      });
    });
    socket.on('images.chunk', (message: unknown, answer: (reply: unknown) => void) => {
      const chunk = this.#read(imagesChunkSchema, message);
      if (!chunk) return;
      this.told.push('images.chunk');
      this.chunks.push(chunk);
      if (this.chunksToLose > 0) {
        this.chunksToLose -= 1;
        return;
      }
      const before = this.images.get(chunk.hash) ?? Buffer.alloc(0);
      if (chunk.fromByte === before.length) this.images.set(chunk.hash, Buffer.concat([before, chunk.bytes]));
      answer({ ok: true, ...this.#standing(chunk.hash, chunk.sizeBytes) });
    });
    socket.on('command.report', (message: unknown, answer: (reply: unknown) => void) => {
      const report = this.#read(commandReportMessageSchema, message);
      if (!report) return;
      this.reports.push(report);
      if (this.reportsToLose > 0) this.reportsToLose -= 1;
      else answer({ ok: true });
    });
    socket.on('door.state', (message: unknown) => {
      const state = this.#read(doorStateSchema, message);
      if (state) this.doorStates.push(state);
    });
    socket.on('preview.frame', (message: unknown) => {
      const frame = this.#read(previewFrameSchema, message);
      if (frame) this.previews.push(frame);
    });
  }

  #standing(hash: string, sizeBytes: number) {
    const nextByte = this.images.get(hash)?.length ?? 0;
    if (this.refusesImages) return { state: 'refused', nextByte: 0 };
    return { state: nextByte === sizeBytes ? 'stored' : 'wanted', nextByte };
  }

  #page({ afterRevision, limit, ...pull }: SyncPull) {
    this.pulls.push({ afterRevision, limit, ...pull });
    const isReset = this.resetNext || afterRevision > this.#revision;
    this.resetNext = false;
    const rest = this.#changes.filter(({ revision }) => revision > afterRevision);
    const changes = isReset ? [] : rest.slice(0, limit);
    const isLast = changes.length === rest.length;
    return {
      ok: true,
      reset: isReset,
      changes: [...(isReset ? [] : this.foreignChanges), ...changes],
      throughRevision: isReset ? 0 : isLast ? this.#revision : changes.at(-1)!.revision,
      desiredRevision: this.#revision,
    };
  }

  #store(epoch: string, events: readonly PushedEvent[], answer: (reply: unknown) => void): void {
    if (this.pushesToRefuse > 0) {
      this.pushesToRefuse -= 1;
      answer({ ok: false, error: { code: 'server/unavailable', message: 'Not now.' } });
      return;
    }
    for (const event of events) {
      this.pushes.set(event.id, (this.pushes.get(event.id) ?? 0) + 1);
      if (event.kind === 'access') this.stored.set(event.id, event);
      else this.happened.set(event.id, event);
    }
    this.#byEpoch.set(epoch, events.at(-1)!.sequence);
    if (this.acknowledgementsToLose > 0) this.acknowledgementsToLose -= 1;
    else answer({ ok: true, acknowledgedSequence: events.at(-1)!.sequence });
  }

  #read<S extends z.ZodType>(schema: S, message: unknown): z.output<S> | null {
    const parsed = schema.safeParse(message);
    if (parsed.success) return parsed.data;
    this.violations.push(parsed.error.message);
    return null;
  }
}
