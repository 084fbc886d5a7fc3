import type { Week } from '@munjigi/contracts';

/** The days of a week as schedules name them, Monday first. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly (keyof Week)[];

export type Weekday = (typeof WEEKDAYS)[number];

/** The days on which most people work. */
export const WORKDAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);
