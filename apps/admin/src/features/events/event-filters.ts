import { type AccessEvent, type EventsQuery, OUTCOMES } from '@munjigi/contracts';
import type { UrlChange } from '@/lib/hooks/use-url-state';
import { idOf, instantOf, oneOf } from '@/lib/parse';

/** Spans of time to look at. `custom` is from one instant to another, either left open. */
export const PERIODS = ['any', 'hour', 'today', 'week', 'month', 'custom'] as const;

export type Period = (typeof PERIODS)[number];

/** What of the events is wanted; what is not named is not asked of them. */
export interface EventFilters {
  readonly doorId?: EventsQuery['doorId'];
  readonly personId?: EventsQuery['personId'];
  readonly outcome?: EventsQuery['outcome'];
  readonly period: Period;
  /** Only with `custom`. Inclusive. */
  readonly from?: string | undefined;
  /** Only with `custom`. Exclusive. */
  readonly until?: string | undefined;
}

/** Reads the filters of an address; a value that means nothing is as good as none. */
export function filtersOfUrl(search: URLSearchParams): EventFilters {
  const from = instantOf(search.get('from'));
  const until = instantOf(search.get('until'));
  const named = oneOf(PERIODS, search.get('period')) ?? 'any';
  const period = from !== undefined || until !== undefined ? 'custom' : named;
  return {
    doorId: idOf(search.get('doorId')),
    personId: idOf(search.get('personId')),
    outcome: oneOf(OUTCOMES, search.get('outcome')),
    period,
    ...(period === 'custom' ? { from, until } : {}),
  };
}

/** What of the address to change so that it names these filters and no others. */
export function urlOfFilters({ doorId, personId, outcome, period, from, until }: EventFilters): UrlChange {
  const isCustom = period === 'custom';
  return {
    doorId,
    personId,
    outcome,
    period: period === 'any' || (isCustom && (from ?? until)) ? undefined : period,
    from: isCustom ? from : undefined,
    until: isCustom ? until : undefined,
  };
}

/** The filters as the server takes them. @param now what *today* and *the last hour* are reckoned from, local time */
export function queryOfFilters(filters: EventFilters, now: Date): Partial<EventsQuery> {
  const { doorId, personId, outcome, period } = filters;
  return {
    doorId,
    personId,
    outcome,
    from: period === 'custom' ? filters.from : periodStart(period, now)?.toISOString(),
    until: period === 'custom' ? filters.until : undefined,
  };
}

/** Whether an event is one of those asked for. */
export function isAskedFor(query: Partial<EventsQuery>, event: AccessEvent): boolean {
  const at = Date.parse(event.occurredAt);
  return (
    (query.doorId === undefined || query.doorId === event.door.id) &&
    (query.personId === undefined || query.personId === event.person?.id) &&
    (query.outcome === undefined || query.outcome === event.outcome) &&
    (query.from === undefined || at >= Date.parse(query.from)) &&
    (query.until === undefined || at < Date.parse(query.until))
  );
}

/** Whether any filter is set. */
export function isFiltered({ doorId, personId, outcome, period }: EventFilters): boolean {
  return doorId !== undefined || personId !== undefined || outcome !== undefined || period !== 'any';
}

/** Local midnight of today, or of some days before; an hour ago; null for no beginning. */
function periodStart(period: Exclude<Period, 'custom'>, now: Date): Date | null {
  if (period === 'any') return null;
  if (period === 'hour') return new Date(now.getTime() - 3_600_000);
  const daysBefore = { today: 0, week: 6, month: 29 }[period];
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore);
}

/** An instant as `<input type="datetime-local">` has it, local time to the minute; empty for none. */
export function localInputOf(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The instant that such an input names; undefined when it is empty or half filled in. */
export function instantOfLocalInput(value: string): string | undefined {
  const at = new Date(value);
  return value === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
