import { AUDIT_ACTOR_KINDS, type AuditEntry, type AuditQuery } from '@munjigi/contracts';
import type { UrlChange } from '@/lib/hooks/use-url-state';
import { idOf, instantOf, oneOf } from '@/lib/parse';
import { PERIODS, type Period, queryOfFilters as queryOfEventFilters } from '../events/event-filters';

/** One action, or all of an area: `door/`. */
const ACTION = /^[a-z][a-z0-9-]*\/[a-z0-9-]*$/;
const ACTION_LENGTH_MAX = 100;
const TEXT_LENGTH_MAX = 200;

/** What of the account is wanted, and which entry of it is looked at. */
export interface AuditFilters {
  /** An area such as `door/`, or one action. */
  readonly action?: string | undefined;
  readonly actorKind?: AuditQuery['actorKind'];
  readonly actorId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly text?: string | undefined;
  readonly period: Period;
  /** Only with `custom`. Inclusive. */
  readonly from?: string | undefined;
  /** Only with `custom`. Exclusive. */
  readonly until?: string | undefined;
}

/** Reads the filters of an address; a value that means nothing is as good as none. */
export function filtersOfUrl(search: URLSearchParams): AuditFilters {
  const from = instantOf(search.get('from'));
  const until = instantOf(search.get('until'));
  const named = oneOf(PERIODS, search.get('period')) ?? 'any';
  const action = search.get('action') ?? '';
  const text = search.get('text')?.trim() ?? '';
  const period = from !== undefined || until !== undefined ? 'custom' : named;
  return {
    action: ACTION.test(action) && action.length <= ACTION_LENGTH_MAX ? action : undefined,
    actorKind: oneOf(AUDIT_ACTOR_KINDS, search.get('actorKind')),
    actorId: idOf(search.get('actorId')),
    subjectId: idOf(search.get('subjectId')),
    text: text !== '' && text.length <= TEXT_LENGTH_MAX ? text : undefined,
    period,
    ...(period === 'custom' ? { from, until } : {}),
  };
}

/** What of the address to change so that it names these filters and no others. */
export function urlOfFilters({ period, from, until, ...rest }: AuditFilters): UrlChange {
  const isCustom = period === 'custom';
  return {
    ...{ action: undefined, actorKind: undefined, actorId: undefined, subjectId: undefined, text: undefined },
    ...rest,
    period: period === 'any' || (isCustom && (from ?? until)) ? undefined : period,
    from: isCustom ? from : undefined,
    until: isCustom ? until : undefined,
  };
}

/** The filters as the server takes them. @param now what *today* and *the last hour* are reckoned from, local time */
export function queryOfFilters({ period, ...filters }: AuditFilters, now: Date): Partial<AuditQuery> {
  const { from, until } = queryOfEventFilters({ period, from: filters.from, until: filters.until }, now);
  return { ...filters, from, until };
}

/** Whether any filter is set. */
export function isFiltered({ period, ...filters }: AuditFilters): boolean {
  return period !== 'any' || Object.values(filters).some((value) => value !== undefined);
}

/** One value that an entry changed; `undefined` where it was not, or is not any more. */
export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What an entry changed, field by field; those that stayed the same are left out. */
export function changesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): readonly Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
