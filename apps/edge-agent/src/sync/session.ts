import {
  AGENT_CAPABILITIES,
  AGENT_PROTOCOL_RANGE,
  AGENT_PROTOCOL_VERSION,
  captureRequestSchema,
  doorCommandMessageSchema,
  helloAnswerSchema,
  peopleRevokeSchema,
  previewWatchSchema,
  localCapturesRequestSchema,
  localPeopleRequestSchema,
  localSettleSchema,
  syncChangedSchema,
  whereaboutsToldSchema,
  type CaptureRequest,
  type DoorCommandMessage,
  type Hello,
  type LocalCapturesRequest,
  type LocalSettle,
  type HelloAnswer,
  type PeopleRevoke,
  type PeopleRevoked,
  type SERVER_CAPABILITIES,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import type { Socket } from 'socket.io-client';
import { AgentError, messageOf } from '../domain/agent-error';
import { Backoff } from '../domain/backoff';
import type { ClockEstimate } from '../domain/clock-estimate';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import type { PictureStore } from '../ports/picture-store';
import type { UplinkUser } from '../ports/uplink-user';
import { answerTo } from './answer';
import type { BatchSize } from './batch-size';
import { compareState } from './compare';
import { Checkpoints, type Signer } from './checkpoint';
import { reader, socketExchange, type Exchange } from './exchange';
import { measureClock } from './measure-clock';
import { overtake } from './overtake';
import { pullUntilCurrent } from './pull';
import { pushUntilEmpty } from './push';
import { reportUntilTold } from './report';
import { uploadImages } from './upload-images';
import type { TargetState } from './target-state';
import { Wake } from './wake';
import { pullWhereabouts } from './whereabouts';

/** What a session works with. */
export interface SessionOptions {
  readonly agentVersion: string;
  readonly modelId: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: EventStore;
  readonly target: TargetState;
  /** Pictures of events; not given: there are none. */
  readonly pictures?: PictureStore;
  readonly user: UplinkUser;
  /** The door has all changes that there are. */
  readonly onCurrent: () => void;
  /** What vouches for the door's events; null of a door that was never paired. */
  readonly signer: Signer | null;
  /** Where the server's clock is; outlives a connection. */
  readonly estimate: ClockEstimate;
  readonly answerTimeoutMs: number;
  /** What the link bears at once; outlives a connection. */
  readonly sizes: { readonly pull: BatchSize; readonly push: BatchSize };
  readonly retry: { readonly baseMs: number; readonly capMs: number };
}

/** A poke may get lost with a link that dies unnoticed; this often the door asks by itself. */
const ASK_ANYWAY_MS = 60_000;
/** So many exchanges measure the clock of the server when the link begins; then one a minute keeps it measured. */
const FIRST_MEASURES = 4;
/** This often a door shows that it holds what it should. */
const COMPARE_EVERY_MS = 60 * 60_000;

/** One connection's life: hello, then pulling and pushing whenever there is something to, until it breaks. */
export class Session {
  readonly #options: SessionOptions;
  readonly #socket: Socket;
  readonly #exchange: Exchange;
  readonly #toPull = new Wake();
  readonly #toPush = new Wake();
  readonly #toOvertake = new Wake();
  readonly #toReport = new Wake();
  readonly #toShow = new Wake();
  /** Of the clock that never steps, ms. */
  #compareDueMs = -Infinity;
  #isCompareAsked = false;
  #knowsWhereabouts = false;
  /** What is at or under it was sent in its turn, on this connection. */
  #pushedThrough = 0;

  constructor(socket: Socket, options: SessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#exchange = socketExchange(socket, options.answerTimeoutMs);
  }

  /**
   * Says hello, as the first message.
   *
   * @returns the server's answer
   * @throws {AgentError} as `Exchange.ask`; `uplink/epoch-outdated` when this store is an old copy and a new epoch was
   *   begun: say hello again.
   */
  async greet(): Promise<HelloAnswer & { ok: true }> {
    const { agentVersion, modelId, clock, events, target, estimate, log } = this.#options;
    this.#listen();
    const sentAtMs = clock.monotonicMs();
    const hello: Hello = {
      v: AGENT_PROTOCOL_VERSION,
      agentVersion,
      protocol: AGENT_PROTOCOL_RANGE,
      modelId,
      appliedRevision: target.appliedRevision,
      capabilities: [...AGENT_CAPABILITIES],
      outbox: {
        epoch: events.position.epoch as Hello['outbox']['epoch'],
        lastSequence: events.position.lastSequence,
      },
      clock: { wallTime: new Date(clock.wallMs()).toISOString(), monotonicMs: sentAtMs },
    };
    const answer = await this.#exchange.ask('hello', hello, reader(helloAnswerSchema));
    const answeredAtMs = clock.monotonicMs();
    if (!isSpoken(answer.protocol)) {
      throw new AgentError(
        'agent/unsupported-version',
        `The server goes on in version ${answer.protocol} of the protocol, which this agent does not speak. Update the agent.`,
      );
    }
    const serverMs = Date.parse(answer.serverTime);
    estimate.add({ sentAtMs, answeredAtMs, receivedMs: serverMs, repliedMs: serverMs });
    if (answer.acknowledgedSequence > events.position.lastSequence) {
      const { epoch } = events.beginEpoch();
      throw new AgentError('uplink/epoch-outdated', `The store is an old copy; epoch ${epoch} begins.`);
    }
    this.#forget(answer.acknowledgedSequence);
    if (target.doorId !== null && target.doorId !== answer.doorId) {
      // The folder or the token was moved: the feed will not repeat this door's settings unless asked from its start.
      log.warn({ doorId: answer.doorId }, 'this is another door than before, fetching all anew');
      target.apply({ empty: true, changes: [], throughRevision: 0, isLast: false });
    }
    target.ensureTransform(answer.transformId);
    if (answer.accessRules) target.expectRules();
    // A server that has not understood what the agent does sends it no rules.
    target.pullAs(answer.understood ?? (answer.accessRules ? AGENT_CAPABILITIES : []));
    return answer;
  }

  /** Pulls and pushes until the signal aborts. Never rejects. */
  async run(hello: HelloAnswer & { ok: true }, signal: AbortSignal): Promise<void> {
    const { limits } = hello;
    const eventKinds = understands(hello, 'dead-letters') ? null : hello.eventKinds;
    const { events, target, log, user, signer, clock, sizes, estimate } = this.#options;
    let isFirst = true;
    const exchange = this.#exchange;
    const checkpoints =
      signer && understands(hello, 'event-chain')
        ? new Checkpoints({ exchange, events, signer, clock, log })
        : null;
    await Promise.all([
      this.#repeat('pull failed', this.#toPull, signal, async () => {
        const { changesPerPullMax } = limits;
        await pullUntilCurrent({ exchange, target, log, changesPerPullMax, size: sizes.pull });
        this.#options.onCurrent();
        void this.#forgetPictures();
        // Only now are the people here whom it is about.
        if (!this.#knowsWhereabouts && understands(hello, 'whereabouts')) {
          await pullWhereabouts(exchange, user);
          this.#knowsWhereabouts = true;
        }
        if (understands(hello, 'state-digest')) await this.#compareWhenDue();
      }),
      this.#repeat('push failed', this.#toPush, signal, async () => {
        const { eventsPerPushMax } = limits;
        const onSent = (sequence: number): void => void (this.#pushedThrough = sequence);
        const options = { exchange, events, log, eventKinds, eventsPerPushMax, onSent };
        await pushUntilEmpty({ ...options, size: sizes.push });
        await checkpoints?.signWhenDue();
        this.#toShow.ring();
      }),
      this.#repeat('clock not measured', new Wake(), signal, async () => {
        if (!understands(hello, 'clock-sync')) return;
        await measureClock({ exchange, clock, estimate }, isFirst ? FIRST_MEASURES : 1);
        isFirst = false;
      }),
      this.#repeat('urgent events not sent ahead', this.#toOvertake, signal, async () => {
        if (!understands(hello, 'event-lanes')) return;
        await overtake({ exchange, events, log, pushedThrough: () => this.#pushedThrough });
      }),
      this.#repeat('pictures not handed over', this.#toShow, signal, () => this.#show(hello)),
      this.#repeat('report of a command failed', this.#toReport, signal, () =>
        reportUntilTold(exchange, user.commands),
      ),
    ]);
  }

  /** There are new events in the outbox. */
  eventsWaiting(): void {
    this.#toPush.ring();
    this.#toOvertake.ring();
  }

  /** There are pictures of events to send. */
  picturesWaiting(): void {
    this.#toShow.ring();
  }

  /** There are reports of commands to send. */
  reportsWaiting(): void {
    this.#toReport.ring();
  }

  /** Of whom the server tells nothing any more, no picture stays. Only a door that is level knows who that is. */
  async #forgetPictures(): Promise<void> {
    const { pictures, target, log } = this.#options;
    if (!pictures || target.appliedRevision === 0) return;
    try {
      const forgotten = await pictures.forgetPeople((personId) => !target.knows(personId));
      if (forgotten > 0) log.info({ pictures: forgotten }, 'pictures of people who are gone, deleted');
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'pictures of people who are gone not deleted');
    }
  }

  /** Pictures go when no event waits: then the server has those that they belong to. */
  async #show(hello: HelloAnswer & { ok: true }): Promise<void> {
    const { pictures, events, log } = this.#options;
    if (!pictures || !understands(hello, 'event-images')) return;
    const isFree = (): boolean => events.waitingCount === 0;
    await uploadImages({ exchange: this.#exchange, pictures, isFree, log });
  }

  /** What is stored may stay here where the disk is too full even to delete: it is sent again, and known there. */
  #forget(throughSequence: number): void {
    const { events, log } = this.#options;
    try {
      events.acknowledge(throughSequence);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'events that are stored not deleted here');
    }
  }

  /** Confirms only what is on the disk: where it cannot be written, the page that follows confirms it. */
  #revoke({ personIds, revision }: PeopleRevoke): void {
    const { target, log } = this.#options;
    try {
      target.revoke(personIds, revision);
      const revoked: PeopleRevoked = { v: AGENT_PROTOCOL_VERSION, revision };
      this.#exchange.tell('people.revoked', revoked);
      log.info({ people: personIds.length, revision }, 'people revoked');
    } catch (error) {
      log.error({ reason: messageOf(error), revision }, 'people revoked, but not yet on the disk');
    }
  }

  /** Compares at intervals, when asked to, and once after every connection. */
  async #compareWhenDue(): Promise<void> {
    const { clock, target, log } = this.#options;
    if (!this.#isCompareAsked && clock.monotonicMs() < this.#compareDueMs) return;
    this.#isCompareAsked = false;
    const verdict = await compareState({ exchange: this.#exchange, target, log });
    const waitMs = verdict === 'unsettled' ? ASK_ANYWAY_MS : COMPARE_EVERY_MS;
    this.#compareDueMs = clock.monotonicMs() + waitMs;
    if (target.appliedRevision === 0) this.#toPull.ring();
  }

  async #repeat(failure: string, bell: Wake, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    const backoff = new Backoff(this.#options.retry);
    while (!signal.aborted) {
      try {
        await work();
        backoff.reset();
        await bell.wait(ASK_ANYWAY_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#options.log.warn({ code: codeOf(error), reason: messageOf(error) }, failure);
        await new Wake().wait(backoff.nextDelayMs(), signal);
      }
    }
  }

  #listen(): void {
    const { user, log, target } = this.#options;
    this.#socket.on('sync.changed', (message: unknown) => {
      const parsed = syncChangedSchema.safeParse(message);
      if (!parsed.success) log.warn({ event: 'sync.changed' }, 'message does not fit its schema');
      else if (parsed.data.desiredRevision !== target.appliedRevision) this.#toPull.ring();
    });
    this.#socket.on('whereabouts.told', (message: unknown) => {
      const parsed = whereaboutsToldSchema.safeParse(message);
      if (parsed.success) user.whereabouts(parsed.data);
      else log.warn({ event: 'whereabouts.told' }, 'message does not fit its schema');
    });
    this.#socket.on('people.revoke', (message: unknown) => {
      const parsed = peopleRevokeSchema.safeParse(message);
      if (parsed.success) this.#revoke(parsed.data);
      else log.error({ event: 'people.revoke' }, 'message does not fit its schema');
    });
    this.#socket.on('sync.compare', () => {
      this.#isCompareAsked = true;
      this.#toPull.ring();
    });
    this.#socket.on('preview.watch', (message: unknown) => {
      const parsed = previewWatchSchema.safeParse(message);
      if (parsed.success) user.preview(parsed.data);
      else log.warn({ event: 'preview.watch' }, 'message does not fit its schema');
    });
    const captures = ({ trackId }: CaptureRequest) => user.captures(trackId);
    answerTo(this.#socket, { event: 'capture.request', schema: captureRequestSchema, answer: captures }, log);
    this.#listenForLocal();
    const command = async (message: DoorCommandMessage) => ({
      ...{ ok: true },
      ...(await user.commands.take(message)),
    });
    answerTo(this.#socket, { event: 'door.command', schema: doorCommandMessageSchema, answer: command }, log);
  }

  #listenForLocal(): void {
    const { log } = this.#options;
    const { local } = this.#options.user;
    answerTo(
      this.#socket,
      {
        event: 'local.people',
        schema: localPeopleRequestSchema,
        answer: () => ({ ok: true, people: local.people() }),
      },
      log,
    );
    answerTo(
      this.#socket,
      {
        event: 'local.captures',
        schema: localCapturesRequestSchema,
        answer: ({ personId }: LocalCapturesRequest) => local.captures(personId),
      },
      log,
    );
    const settle = ({ personId }: LocalSettle) => {
      local.settle(personId);
      return { ok: true };
    };
    answerTo(this.#socket, { event: 'local.settle', schema: localSettleSchema, answer: settle }, log);
  }
}

function isSpoken(version: number): boolean {
  return version >= AGENT_PROTOCOL_RANGE.min && version <= AGENT_PROTOCOL_RANGE.max;
}

function understands(
  { capabilities }: HelloAnswer & { ok: true },
  capability: (typeof SERVER_CAPABILITIES)[number],
): boolean {
  return capabilities.includes(capability);
}

function codeOf(error: unknown): string {
  return error instanceof AgentError ? error.code : 'agent/unexpected';
}
