import { AGENT_PROTOCOL_VERSION, eventsPushAnswerSchema, type EventsPush } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { AgentError } from '../domain/agent-error';
import type { EventStore } from '../ports/event-store';
import type { BatchSize } from './batch-size';
import { reader, type Exchange } from './exchange';

/** What a push works with. */
export interface PushOptions {
  readonly exchange: Exchange;
  readonly events: EventStore;
  readonly eventsPerPushMax: number;
  /** What the link bears. */
  readonly size: BatchSize;
  /**
   * The kinds of events that the server takes, or null for all; others are passed over, and forgotten with those around
   * them.
   */
  readonly eventKinds: readonly string[] | null;
  /** What is at or under it is on its way now. */
  readonly onSent?: (throughSequence: number) => void;
  readonly log: Logger;
}

const BATCH_MAX = 200;
const readAnswer = reader(eventsPushAnswerSchema);

/**
 * Pushes the outbox, oldest first, until it is empty; deletes what the server acknowledged after its commit, and
 * nothing else.
 *
 * @throws {AgentError} as `Exchange.ask`; `uplink/no-progress` when an answer acknowledges none of the batch.
 */
export async function pushUntilEmpty({
  exchange,
  events,
  eventsPerPushMax,
  size,
  eventKinds,
  onSent,
  log,
}: PushOptions): Promise<void> {
  for (;;) {
    const batch = events.pending(size.within(Math.min(BATCH_MAX, eventsPerPushMax)));
    const [first] = batch;
    if (!first) return;
    const known = eventKinds === null ? batch : batch.filter(({ kind }) => eventKinds.includes(kind));
    if (known.length < batch.length)
      log.warn({ passedOver: batch.length - known.length }, 'server takes no events of this kind');
    if (known.length === 0) {
      events.acknowledge(batch.at(-1)!.sequence);
      continue;
    }
    const push = { v: AGENT_PROTOCOL_VERSION, epoch: events.position.epoch, events: known } as EventsPush;
    onSent?.(batch.at(-1)!.sequence);
    const { acknowledgedSequence } = await size.attempt(batch.length, () =>
      exchange.ask('events.push', push, readAnswer),
    );
    if (acknowledgedSequence < first.sequence) {
      throw new AgentError('uplink/no-progress', `The server acknowledged only ${acknowledgedSequence}.`);
    }
    events.acknowledge(acknowledgedSequence);
    log.info({ acknowledgedSequence, events: known.length }, 'events acknowledged');
  }
}
