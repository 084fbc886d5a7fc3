import * as z from 'zod';
import { doorIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';

const countSchema = z.int().nonnegative();

/** One kind of visit today, against the days before. */
export const usualCountSchema = z.object({
  /** Since midnight by the wall clock of each site. */
  count: countSchema,
  /**
   * The median of the same weekday in the eight weeks before, up to the same time of day (read off hours, evenly within
   * one); null where no such day has any event.
   */
  usual: z.number().nonnegative().nullable(),
});

/** What happened today at all sites whose events the reader may see. */
export const overviewDaySchema = z.object({
  entries: usualCountSchema,
  denied: usualCountSchema,
  /** How many days *usual* is the median of; 0 to 8. */
  daysCompared: countSchema.max(8),
  /** By the hour of the wall clock, 0 to 23: today so far, and the median of the same days for the whole hour. */
  hours: z
    .array(
      z.object({
        entries: countSchema,
        denied: countSchema,
        usualEntries: z.number().nonnegative().nullable(),
      }),
    )
    .length(24),
});

/** `GET /api/overview`: how things stand now; what the reader may not see is null. */
export const overviewSchema = z.object({
  at: instantSchema,
  /** Doors that are connected and lack changes which the server has told of: who may pass there is not up to date. */
  behind: z.array(z.object({ doorId: doorIdSchema, changes: countSchema })),
  /** Alarms that are not resolved. */
  alarms: z.object({ raised: countSchema, acknowledged: countSchema, critical: countSchema }).nullable(),
  today: overviewDaySchema.nullable(),
  /** People inside the areas of sites that have areas; null also where none has. */
  inside: z.object({ people: countSchema, areas: countSchema }).nullable(),
});

export type Overview = z.infer<typeof overviewSchema>;
export type OverviewDay = z.infer<typeof overviewDaySchema>;
