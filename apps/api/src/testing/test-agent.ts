import {
  AGENT_NAMESPACE,
  helloAnswerSchema,
  eventsPushAnswerSchema,
  syncPullAnswerSchema,
  type AgentEvent,
  type Change,
} from '@munjigi/contracts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { newId } from '../platform/database/uuid';

export const MODEL_ID = 'mobilefacenet-192';

/** What a link over TLS takes: whom to trust, and what to show, PEM. */
export interface TlsLink {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** A door's agent as far as the wire goes. */
export class TestAgent {
  readonly epoch = newId();
  /** Every message that the server sent, in order. */
  readonly received: { name: string; message: unknown }[] = [];

  private constructor(readonly socket: Socket) {
    socket.onAny((name: string, message: unknown) => this.received.push({ name, message }));
  }

  /** Connects, or throws what the handshake was refused with. */
  static async connect(url: string, token: string): Promise<TestAgent> {
    return TestAgent.connectWith(url, { token });
  }

  /** Connects with whatever the handshake is to hold, or throws what it was refused with. */
  static async connectWith(url: string, auth: object, tls: TlsLink = {}): Promise<TestAgent> {
    const socket = io(url + AGENT_NAMESPACE, {
      ...tls,
      auth,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    const agent = new TestAgent(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return agent;
  }

  /** Sends a message and gives the raw answer. */
  ask(name: string, message: unknown): Promise<unknown> {
    return this.socket.timeout(5_000).emitWithAck(name, message) as Promise<unknown>;
  }

  async hello(changes: object = {}): Promise<z.infer<typeof helloAnswerSchema>> {
    const message = {
      v: 1,
      agentVersion: '0.0.0-test',
      modelId: MODEL_ID,
      appliedRevision: 0,
      outbox: { epoch: this.epoch, lastSequence: 0 },
      clock: { wallTime: new Date().toISOString(), monotonicMs: 1 },
      ...changes,
    };
    return helloAnswerSchema.parse(await this.ask('hello', message));
  }

  async push(events: readonly object[]): Promise<z.infer<typeof eventsPushAnswerSchema>> {
    return eventsPushAnswerSchema.parse(await this.ask('events.push', { v: 1, epoch: this.epoch, events }));
  }

  async pull(afterRevision: number, limit = 500): Promise<z.infer<typeof syncPullAnswerSchema>> {
    return syncPullAnswerSchema.parse(await this.ask('sync.pull', { v: 1, afterRevision, limit }));
  }

  /** Every change after a revision, page by page. */
  async pullAll(afterRevision = 0): Promise<Change[]> {
    const changes: Change[] = [];
    for (let cursor = afterRevision, head = Infinity; cursor < head;) {
      const page = await this.pull(cursor);
      if (!page.ok) throw new Error(page.error.message);
      changes.push(...page.changes);
      [cursor, head] = [page.throughRevision, page.desiredRevision];
    }
    return changes;
  }

  /** Resolves with the next message of that name that `fits`, or the first that has come already. */
  async message<T = unknown>(name: string, fits: (message: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const found = this.received.find((each) => each.name === name && fits(each.message as T));
      if (found) return found.message as T;
      await new Promise<void>((resolve) => this.socket.onAny(() => resolve()));
    }
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** An event as an agent makes it. */
export function makeEvent(sequence: number, changes: Partial<AgentEvent> | object = {}): AgentEvent {
  const event = {
    id: newId(),
    sequence,
    kind: 'access',
    occurredAt: new Date().toISOString(),
    monotonicMs: sequence * 10,
    clockOffsetMs: null,
    trackId: newId(),
    outcome: 'denied',
    reason: 'unknown-person',
    personId: null,
    similarity: 0.21,
    runnerUpSimilarity: null,
    similarityMin: 0.5,
    modelId: MODEL_ID,
    appliedRevision: 0,
    ...changes,
  };
  return event as AgentEvent;
}
