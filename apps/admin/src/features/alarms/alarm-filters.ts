import { ALARM_KINDS, ALARM_SEVERITIES, type AlarmId, type AlarmsQuery } from '@munjigi/contracts';
import type { UrlChange } from '@/lib/hooks/use-url-state';
import { idOf, oneOf } from '@/lib/parse';

/** Which alarms to show: those that are not over, those that are, or all. */
export const ALARM_VIEWS = ['open', 'resolved', 'all'] as const;

export type AlarmView = (typeof ALARM_VIEWS)[number];

/** What of the alarms is wanted, and which of them is looked at. */
export interface AlarmFilters {
  readonly view: AlarmView;
  readonly kind?: AlarmsQuery['kind'];
  readonly severity?: AlarmsQuery['severity'];
  readonly doorId?: AlarmsQuery['doorId'];
  readonly alarmId?: AlarmId | undefined;
}

/** Reads the filters of an address; a value that means nothing is as good as none. */
export function filtersOfUrl(search: URLSearchParams): AlarmFilters {
  return {
    view: oneOf(ALARM_VIEWS, search.get('view')) ?? 'open',
    kind: oneOf(ALARM_KINDS, search.get('kind')),
    severity: oneOf(ALARM_SEVERITIES, search.get('severity')),
    doorId: idOf(search.get('doorId')),
    alarmId: idOf(search.get('alarm')),
  };
}

/** What of the address to change so that it names these filters and no others. */
export function urlOfFilters({ view, kind, severity, doorId, alarmId }: AlarmFilters): UrlChange {
  return { view: view === 'open' ? undefined : view, kind, severity, doorId, alarm: alarmId };
}

/** The filters as the server takes them. */
export function queryOfFilters({ view, kind, severity, doorId }: AlarmFilters): Partial<AlarmsQuery> {
  return { state: view === 'all' ? undefined : view, kind, severity, doorId };
}

/** Whether any filter but the view is set. */
export function isFiltered({ kind, severity, doorId }: AlarmFilters): boolean {
  return kind !== undefined || severity !== undefined || doorId !== undefined;
}
