import {
  AGENT_NAMESPACE,
  AGENT_PROTOCOL_VERSION,
  eventsPushAnswerSchema,
  helloAnswerSchema,
  type AgentEvent,
} from '@munjigi/contracts';
import { io, type Socket } from 'socket.io-client';
import type { Random } from '../seed/random';

const ANSWER_TIMEOUT_MS = 60_000;
const v = AGENT_PROTOCOL_VERSION;

/** Which door an agent stands for. */
export interface AgentIdentity {
  readonly token: string;
  readonly epoch: string;
  /** The last sequence that the door's outbox has given away. */
  readonly lastSequence: number;
}

/**
 * A door's agent as far as the wire and its outbox go: events stay until they are acknowledged, and what was not when
 * the connection broke is sent again.
 */
export class SimulatedAgent {
  private socket?: Socket;
  private readonly outbox: AgentEvent[] = [];
  private sequence: number;
  /** Times that a batch was sent, ms from sending to its acknowledgement. */
  readonly acknowledgedMs: number[] = [];

  constructor(
    private readonly url: string,
    private readonly identity: AgentIdentity,
    /** Ids of those who pass. */
    private readonly people: readonly string[],
    private readonly random: Random,
  ) {
    this.sequence = identity.lastSequence;
  }

  /** The last sequence that was made; all at or under it must be stored in the end. */
  get lastSequence(): number {
    return this.sequence;
  }

  get waiting(): number {
    return this.outbox.length;
  }

  /** Connects and says hello; forgets what the server has. @throws when refused */
  async connect(): Promise<void> {
    const socket = io(this.url + AGENT_NAMESPACE, {
      auth: { token: this.identity.token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: ANSWER_TIMEOUT_MS,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    this.socket = socket;
    const hello: unknown = await this.ask('hello', {
      v,
      agentVersion: '0.0.0-load',
      modelId: 'mobilefacenet-192',
      appliedRevision: 0,
      outbox: { epoch: this.identity.epoch, lastSequence: this.sequence },
      clock: { wallTime: new Date().toISOString(), monotonicMs: performance.now() },
    });
    const answer = helloAnswerSchema.parse(hello);
    if (!answer.ok) throw new Error(answer.error.message);
    this.forget(answer.acknowledgedSequence);
  }

  /** Puts new events into the outbox. */
  happen(count: number): void {
    for (let index = 0; index < count; index++) this.outbox.push(this.makeEvent());
  }

  /** Sends the oldest events and waits for their acknowledgement. @returns how many were acknowledged */
  async push(eventsMax: number): Promise<number> {
    const startedAt = performance.now();
    const answer = eventsPushAnswerSchema.parse(await this.ask('events.push', this.batch(eventsMax)));
    if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    this.acknowledgedMs.push(performance.now() - startedAt);
    return this.forget(answer.acknowledgedSequence);
  }

  /** Sends the oldest events, and loses the connection before it can hear of them. */
  async pushAndBreak(eventsMax: number): Promise<void> {
    this.socket?.emit('events.push', this.batch(eventsMax), () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    this.close();
    await this.connect();
  }

  close(): void {
    this.socket?.disconnect();
  }

  private batch(eventsMax: number) {
    return { v, epoch: this.identity.epoch, events: this.outbox.slice(0, eventsMax) };
  }

  private ask(name: string, message: object): Promise<unknown> {
    if (!this.socket) throw new Error('The agent is not connected.');
    return this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, message) as Promise<unknown>;
  }

  private forget(acknowledgedSequence: number): number {
    const kept = this.outbox.findIndex((event) => event.sequence > acknowledgedSequence);
    return this.outbox.splice(0, kept === -1 ? this.outbox.length : kept).length;
  }

  private makeEvent(): AgentEvent {
    const { random } = this;
    const nowMs = Date.now();
    const denied = random.unit() < 0.05;
    return {
      id: random.uuid(nowMs),
      sequence: ++this.sequence,
      kind: 'access',
      occurredAt: new Date(nowMs).toISOString(),
      monotonicMs: performance.now(),
      clockOffsetMs: random.below(20) - 10,
      trackId: random.uuid(nowMs),
      outcome: denied ? 'denied' : 'granted',
      reason: denied ? 'unknown-person' : 'matched',
      personId: denied ? null : random.pick(this.people),
      similarity: 0.4 + random.unit() * 0.5,
      runnerUpSimilarity: random.unit() * 0.3,
      similarityMin: 0.5,
      modelId: 'mobilefacenet-192',
      appliedRevision: 1,
    } as AgentEvent;
  }
}
