import {
  AGENT_PROTOCOL_VERSION,
  checkpointText,
  eventsCheckpointAnswerSchema,
  type EventsCheckpoint,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import type { OwnKey, PairedDoor } from '../ports/identity';
import { reader, type Exchange } from './exchange';

/** What signs, and for whom. */
export interface Signer extends Pick<PairedDoor, 'doorId' | 'serverId'> {
  readonly key: OwnKey;
}

/** What checkpoints are made with. */
export interface CheckpointOptions {
  readonly exchange: Exchange;
  readonly events: EventStore;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Logger;
}

/** So many events, or so long after the last signature, another is due; and one with every connection. */
const EVENTS_MAX = 500;
const EVERY_MS = 15 * 60_000;

const readAnswer = reader(eventsCheckpointAnswerSchema);

/** Has this device's key vouch for its events at intervals, once the server has them all. */
export class Checkpoints {
  readonly #options: CheckpointOptions;
  #signedThrough = 0;
  /** Of the clock that never steps, ms. */
  #dueMs = -Infinity;

  constructor(options: CheckpointOptions) {
    this.#options = options;
  }

  /** Signs if it is due. To be called when the server has acknowledged everything. Never rejects. */
  async signWhenDue(): Promise<void> {
    const { exchange, events, clock, log } = this.#options;
    const { epoch, lastSequence: sequence } = events.position;
    const { chainHash: hash } = events;
    const unsigned = sequence - this.#signedThrough;
    if (hash === null || unsigned <= 0 || events.waitingCount > 0) return;
    if (unsigned < EVENTS_MAX && clock.monotonicMs() < this.#dueMs) return;
    this.#dueMs = clock.monotonicMs() + EVERY_MS;
    this.#signedThrough = sequence;
    try {
      await exchange.ask('events.checkpoint', this.#signed({ epoch, sequence, hash }), readAnswer);
      log.info({ sequence }, 'events signed');
    } catch (error) {
      // Another follows; the events themselves do not wait for it.
      log.warn({ reason: messageOf(error), sequence }, 'signature of events not taken');
    }
  }

  #signed(place: { epoch: string; sequence: number; hash: string }): EventsCheckpoint {
    const { clock, signer } = this.#options;
    const { key, doorId, serverId } = signer;
    const said = { ...place, at: new Date(clock.wallMs()).toISOString() };
    const signature = key.sign(checkpointText({ ...said, doorId, serverId }));
    return { v: AGENT_PROTOCOL_VERSION, ...said, signature } as EventsCheckpoint;
  }
}
