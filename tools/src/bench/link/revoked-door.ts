import { randomUUID } from 'node:crypto';
import {
  AGENT_CAPABILITIES,
  AGENT_NAMESPACE,
  AGENT_PROTOCOL_VERSION,
  type PeopleRevoke,
  type SyncChanged,
} from '@munjigi/contracts';
import { io, type Socket } from 'socket.io-client';

const v = AGENT_PROTOCOL_VERSION;
const ANSWER_TIMEOUT_MS = 60_000;

/** A door that hears of revocations, confirms them, and pulls what the feed tells. */
export class RevokedDoor {
  private desired: number;
  private readonly waiting = new Map<string, (atMs: number) => void>();
  private pulling = false;

  private constructor(
    private readonly socket: Socket,
    private applied: number,
  ) {
    this.desired = applied;
    socket.on('people.revoke', ({ revision, personIds }: PeopleRevoke) => {
      const atMs = performance.now();
      for (const personId of personIds) this.waiting.get(personId)?.(atMs);
      socket.emit('people.revoked', { v, revision });
    });
    socket.on('sync.changed', ({ desiredRevision }: SyncChanged) => {
      this.desired = Math.max(this.desired, desiredRevision);
      if (!this.pulling) void this.pull();
    });
  }

  /** Connects and says hello as a door that has everything. @throws when refused */
  static async connect(url: string, token: string, appliedRevision: number): Promise<RevokedDoor> {
    const socket = io(url + AGENT_NAMESPACE, {
      ...{ auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true },
      timeout: ANSWER_TIMEOUT_MS,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const door = new RevokedDoor(socket, appliedRevision);
    await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('hello', {
      ...{ v, agentVersion: '0.0.0-bench', modelId: 'mobilefacenet-192', appliedRevision },
      capabilities: AGENT_CAPABILITIES,
      outbox: { epoch: randomUUID(), lastSequence: 0 },
      clock: { wallTime: new Date().toISOString(), monotonicMs: performance.now() },
    });
    return door;
  }

  /** Whether it has all that it was told of. */
  get isLevel(): boolean {
    return this.applied >= this.desired && !this.pulling;
  }

  /** When it hears that somebody is revoked, as `performance.now()` tells. @throws when it does not in time */
  revocationOf(personId: string, timeoutMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('A door has heard of no revocation.')), timeoutMs);
      this.waiting.set(personId, (atMs) => {
        clearTimeout(timer);
        this.waiting.delete(personId);
        resolve(atMs);
      });
    });
  }

  close(): void {
    this.socket.disconnect();
  }

  private async pull(): Promise<void> {
    this.pulling = true;
    while (this.applied < this.desired) {
      const request = { v, afterRevision: this.applied, limit: 500 };
      const page = (await this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('sync.pull', request)) as {
        throughRevision: number;
      };
      this.applied = page.throughRevision;
      this.socket.emit('sync.applied', { v, appliedRevision: this.applied });
    }
    this.pulling = false;
  }
}
