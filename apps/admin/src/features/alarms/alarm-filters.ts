import {
  type AlarmId,
  type AlarmsQuery,
  alarmIdSchema,
  alarmKindSchema,
  alarmSeveritySchema,
  doorIdSchema,
} from '@munjigi/contracts';
import type { UrlChange } from '@/lib/hooks/use-url-state';

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
  const value = (name: string) => search.get(name) ?? undefined;
  return {
    view: ALARM_VIEWS.find((view) => view === value('view')) ?? 'open',
    kind: alarmKindSchema.safeParse(value('kind')).data,
    severity: alarmSeveritySchema.safeParse(value('severity')).data,
    doorId: doorIdSchema.safeParse(value('doorId')).data,
    alarmId: alarmIdSchema.safeParse(value('alarm')).data,
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
