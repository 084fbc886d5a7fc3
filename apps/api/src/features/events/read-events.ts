import { DOOR_EVENT_KINDS, pushedEventSchema, type PushedEvent } from '@munjigi/contracts';
import { issuesOf } from '../../platform/errors/to-app-error';
import type { DeadLetterDraft } from './event-batch';
import { linkOf, type EventLink, type ReceivedEvent } from './event-link';

/** What PostgreSQL's timestamps and people's calendars both hold. */
const YEAR_MIN = 1970;
const YEAR_MAX = 9998;

const KINDS: ReadonlySet<unknown> = new Set(['access', ...DOOR_EVENT_KINDS]);

/**
 * Tells events that can be stored, in their order, from those that are to be set aside, with what each says of its
 * chain. Never throws.
 */
export function readEvents(
  epoch: string,
  received: readonly ReceivedEvent[],
): { events: PushedEvent[]; letters: DeadLetterDraft[]; links: EventLink[] } {
  const [events, letters]: [PushedEvent[], DeadLetterDraft[]] = [[], []];
  for (const each of received) {
    const read = readEvent(each);
    if ('reason' in read) letters.push({ sequence: each.sequence, ...read, event: JSON.stringify(each) });
    else events.push(read.event);
  }
  return { events, letters, links: received.map((each) => linkOf(epoch, each)) };
}

/** One event, or why it cannot be stored. */
export function readEvent(
  received: unknown,
): { readonly event: PushedEvent } | Pick<DeadLetterDraft, 'reason' | 'detail'> {
  const kind = (received as { kind?: unknown } | null)?.kind;
  if (typeof kind === 'string' && !KINDS.has(kind))
    return {
      reason: 'unknown-kind',
      detail: `This server knows no events of the kind ${kind.slice(0, 80)}.`,
    };
  const parsed = pushedEventSchema.safeParse(received);
  if (!parsed.success) {
    const issues = issuesOf(parsed.error).map(({ path, message }) => `${path}: ${message}`);
    return { reason: 'unreadable', detail: issues.join('; ').slice(0, 1_000) };
  }
  const year = new Date(parsed.data.occurredAt).getUTCFullYear();
  if (year >= YEAR_MIN && year <= YEAR_MAX) return { event: parsed.data };
  return { reason: 'impossible-time', detail: `occurredAt: must be from ${YEAR_MIN} to ${YEAR_MAX}` };
}
