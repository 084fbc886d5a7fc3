import {
  type AccessLevelRequest,
  type AreaRequest,
  type HolidayCalendarRequest,
  type ScheduleRequest,
  type SiteId,
  accessLevelListSchema,
  areaListSchema,
  holidayCalendarListSchema,
  keptAccessLevelSchema,
  keptAreaSchema,
  keptHolidayCalendarSchema,
  keptScheduleSchema,
  scheduleListSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
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
  one: z.ZodType<D>,
  list: z.ZodType<{ items: D[] }>,
): DocumentKind<D, R> {
  const path = `/api/${name}`;
  return {
    name,
    list: async (signal) => (await request(path, list, { signal })).items,
    create: (body) => request(path, one, { method: 'POST', body }),
    replace: (id, body) => request(`${path}/${id}`, one, { method: 'PUT', body }),
    remove: (id) => requestNothing(`${path}/${id}`, { method: 'DELETE' }),
  };
}

export const SCHEDULES = documentKind<KeptSchedule, ScheduleRequest>(
  'schedules',
  keptScheduleSchema,
  scheduleListSchema,
);
export const CALENDARS = documentKind<KeptCalendar, HolidayCalendarRequest>(
  'holiday-calendars',
  keptHolidayCalendarSchema,
  holidayCalendarListSchema,
);
export const LEVELS = documentKind<KeptLevel, AccessLevelRequest>(
  'access-levels',
  keptAccessLevelSchema,
  accessLevelListSchema,
);
export const AREAS = documentKind<KeptArea, AreaRequest>('areas', keptAreaSchema, areaListSchema);

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
