import type { Holiday } from '@munjigi/contracts';
import { DAYS_OF_YEAR, dayOfDate, dayOfYear } from '../time/day';

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Tells holidays from other days, however many calendars they come from. */
export class Holidays {
  readonly #spans: readonly Span[];
  readonly #yearly: ReadonlySet<number>;

  constructor(holidays: readonly Holiday[]) {
    const spans: Span[] = [];
    const yearly = new Set<number>();
    for (const { date, lastDate, yearly: isYearly } of holidays) {
      const span = { first: dayOfDate(date), last: dayOfDate(lastDate ?? date) };
      if (isYearly) addYearly(yearly, span);
      else spans.push(span);
    }
    this.#spans = merge(spans);
    this.#yearly = yearly;
  }

  /** Whether a day, counted since 1970-01-01, is a holiday. */
  has(day: number): boolean {
    return this.#yearly.has(dayOfYear(day)) || this.#inSpan(day);
  }

  #inSpan(day: number): boolean {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle]!.last < day) low = middle + 1;
      else high = middle;
    }
    const span = this.#spans[low];
    return span !== undefined && span.first <= day;
  }
}

/** Walks the year in a circle, so that 29 February is part of a holiday that goes on around it. */
function addYearly(days: Set<number>, { first, last }: Span): void {
  const end = last - first >= 365 ? (dayOfYear(first) + DAYS_OF_YEAR - 1) % DAYS_OF_YEAR : dayOfYear(last);
  let day = dayOfYear(first);
  while (day !== end) {
    days.add(day);
    day = (day + 1) % DAYS_OF_YEAR;
  }
  days.add(end);
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.first - b.first)) {
    const last = merged.at(-1);
    if (last && span.first <= last.last + 1) {
      merged[merged.length - 1] = { first: last.first, last: Math.max(last.last, span.last) };
    } else {
      merged.push(span);
    }
  }
  return merged;
}
