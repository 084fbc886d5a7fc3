import type { AlarmId, AlarmsQuery, HandleAlarmRequest } from '@munjigi/contracts';
import { request } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };

/** What may be done with an alarm. */
export type AlarmStep = 'acknowledge' | 'resolve';

/** Calls about alarms; each throws {@link ApiError}. */
export const alarmsApi = {
  list: (query: Partial<AlarmsQuery>, { signal }: Signal) =>
    request('/api/alarms', 'alarmsPageSchema', { query, signal }),
  get: (id: AlarmId, { signal }: Signal) => request(`/api/alarms/${id}`, 'alarmSchema', { signal }),
  handle: (id: AlarmId, step: AlarmStep, body: HandleAlarmRequest) =>
    request(`/api/alarms/${id}/${step}`, 'alarmSchema', { method: 'POST', body }),
} as const;

/** Names of what is cached of alarms. */
export const alarmKeys = {
  all: ['alarms'],
  list: (query: Partial<AlarmsQuery>) => ['alarms', 'list', query],
  waiting: ['alarms', 'waiting'],
  one: (id: string) => ['alarms', 'one', id],
} as const;
