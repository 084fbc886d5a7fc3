/** A month of UTC; the events of one are in one partition. */
export interface Month {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
}

/** Older and later months have no partition of their own: such a date is a clock's mistake. */
const MONTHS_BACK_MAX = 120;
const MONTHS_AHEAD_MAX = 2;

/** The month that an instant lies in. */
export function monthOf(instant: Date): Month {
  return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1 };
}

/** The month so many months later, or earlier. */
export function monthAfter({ year, month }: Month, months: number): Month {
  return monthOf(new Date(Date.UTC(year, month - 1 + months, 1)));
}

/** When a month begins. */
export function startOf({ year, month }: Month): Date {
  return new Date(Date.UTC(year, month - 1, 1));
}

/** `2026_10`: how a partition's name ends. */
export function suffixOf({ year, month }: Month): string {
  return `${String(year).padStart(4, '0')}_${String(month).padStart(2, '0')}`;
}

/** The month that a partition's name ends with, or null for the default partition. */
export function monthOfPartition(name: string): Month | null {
  const match = /_(\d{4})_(\d{2})$/.exec(name);
  return match ? { year: Number(match[1]), month: Number(match[2]) } : null;
}

/** Whether a month deserves a partition of its own, seen from now. */
export function isBelievable(month: Month, now: Date): boolean {
  const distance = indexOf(month) - indexOf(monthOf(now));
  return distance >= -MONTHS_BACK_MAX && distance <= MONTHS_AHEAD_MAX;
}

function indexOf({ year, month }: Month): number {
  return year * 12 + month;
}
