import { AGENT_PROTOCOL_VERSION, eventsPushAnswerSchema, type EventsPush } from '@munjigi/contracts';
import type { Logger } from 'pino';
import type { EventStore } from '../ports/event-store';
import { reader, type Exchange } from './exchange';

/** What overtaking works with. */
export interface OvertakeOptions {
  readonly exchange: Exchange;
  readonly events: EventStore;
  /** What is at or under it is on its way, or there. */
  readonly pushedThrough: () => number;
  readonly log: Logger;
}

const AT_ONCE = 20;
const readAnswer = reader(eventsPushAnswerSchema);

/**
 * Sends what must be known at once ahead of all that waits, until there is none of it. It stays in the outbox, and goes
 * again in its turn: only that is acknowledged.
 *
 * @throws {AgentError} as `Exchange.ask`
 */
export async function overtake({ exchange, events, pushedThrough, log }: OvertakeOptions): Promise<void> {
  for (;;) {
    const urgent = events.urgent(pushedThrough(), AT_ONCE);
    const last = urgent.at(-1);
    if (!last) return;
    const push = {
      ...{ v: AGENT_PROTOCOL_VERSION, epoch: events.position.epoch },
      ...{ events: urgent, overtakes: true },
    } as EventsPush;
    await exchange.ask('events.push', push, readAnswer);
    events.overtook(last.sequence);
    log.info({ events: urgent.length, sequence: last.sequence }, 'urgent events have overtaken the others');
  }
}
