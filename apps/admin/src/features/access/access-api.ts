import type {
  AccessLevelRequest,
  AreaRequest,
  HolidayCalendarRequest,
  ScheduleRequest,
  SiteId,
  keptAccessLevelSchema,
  keptAreaSchema,
  keptHolidayCalendarSchema,
  keptScheduleSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import type { SchemaOf } from '@/lib/api/answers';
import { request, requestNothing } from '@/lib/api/request';

export type KeptSchedule = z.output<typeof keptScheduleSchema>;
export type KeptCalendar = z.output<typeof keptHolidayCalendarSchema>;
export type KeptLevel = z.output<typeof keptAccessLevelSchema>;
export type KeptArea = z.output<typeof keptAreaSchema>;

/** What every document of the access rules has. */
export interface Kept {
  readonly id: string;
  readonly name: string;
  readonly siteId: SiteId | null;
  readonly updatedAt: string;
}

/** The calls about one kind of document; each throws {@link ApiError}. */
export interface DocumentKind<D extends Kept, R> {
  /** The last part of its address, which also names it in the cache. */
  readonly name: string;
  readonly list: (signal: AbortSignal) => Promise<D[]>;
  readonly create: (body: R) => Promise<D>;
  readonly replace: (id: string, body: R) => Promise<D>;
  readonly remove: (id: string) => Promise<void>;
}

function documentKind<D extends Kept, R>(
  name: string,
  one: SchemaOf<D>,
  list: SchemaOf<{ items: D[] }>,
): DocumentKind<D, R> {
  const path = `/api/${name}`;
  return {
    name,
    list: async (signal) => ((await request(path, list, { signal })) as { items: D[] }).items,
    create: (body) => request(path, one, { method: 'POST', body }) as Promise<D>,
    replace: (id, body) => request(`${path}/${id}`, one, { method: 'PUT', body }) as Promise<D>,
    remove: (id) => requestNothing(`${path}/${id}`, { method: 'DELETE' }),
  };
}

export const SCHEDULES = documentKind<KeptSchedule, ScheduleRequest>(
  'schedules',
  'keptScheduleSchema',
  'scheduleListSchema',
);
export const CALENDARS = documentKind<KeptCalendar, HolidayCalendarRequest>(
  'holiday-calendars',
  'keptHolidayCalendarSchema',
  'holidayCalendarListSchema',
);
export const LEVELS = documentKind<KeptLevel, AccessLevelRequest>(
  'access-levels',
  'keptAccessLevelSchema',
  'accessLevelListSchema',
);
export const AREAS = documentKind<KeptArea, AreaRequest>('areas', 'keptAreaSchema', 'areaListSchema');

/** Names of what is cached of the access rules; `all` covers the others. */
export const accessKeys = {
  all: ['access'],
  documents: (name: string) => ['access', name],
  groups: ['access', 'groups'],
  groupAccess: (id: string) => ['access', 'group-access', id],
  lockdowns: ['access', 'lockdowns'],
  muster: (siteId: string) => ['access', 'muster', siteId],
  sites: ['access', 'sites'],
  why: (query: object) => ['access', 'why', query],
  times: (query: object) => ['access', 'times', query],
  doorRules: (id: string) => ['access', 'door-rules', id],
} as const;
