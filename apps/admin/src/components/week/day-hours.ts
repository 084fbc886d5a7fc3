import type { TimeInterval } from '@munjigi/contracts';

/** A part of a day in minutes since its midnight, 0 to 1440; `from` < `to`. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export const DAY_MIN = 1440;
/** The most parts that one day may have. */
export const PARTS_MAX = 8;
/** What dragging and arrows snap to, minutes. */
export const STEP_MIN = 15;

/** Minutes of a time of day such as `08:30`; `24:00` is 1440. */
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The time of day of some minutes, `00:00` to `24:00`. */
export function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The parts of a day from the wire, in order, overlapping and touching ones joined. */
export function hoursOf(intervals: readonly TimeInterval[]): Hours[] {
  return joined(intervals.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })));
}

/** The parts of a day as the wire has them, touching ones joined. */
export function intervalsOf(hours: readonly Hours[]): TimeInterval[] {
  return joined(hours).map(({ from, to }) => ({ from: timeOf(from), to: timeOf(to) }));
}

/** The nearest step, within the day. */
export function snapped(minutes: number): number {
  return Math.min(DAY_MIN, Math.max(0, Math.round(minutes / STEP_MIN) * STEP_MIN));
}

/** Moves one part by some minutes, no further than its neighbours and the day's ends; its length stays. */
export function moved(hours: readonly Hours[], index: number, byMin: number): Hours[] {
  const part = hours[index];
  if (!part) return [...hours];
  const [floor, ceiling] = roomOf(hours, index);
  const by = Math.min(ceiling - part.to, Math.max(floor - part.from, byMin));
  return hours.with(index, { from: part.from + by, to: part.to + by });
}

/** Sets one end of a part, no further than its neighbour and never past its other end. */
export function resized(
  hours: readonly Hours[],
  index: number,
  end: 'from' | 'to',
  minutes: number,
): Hours[] {
  const part = hours[index];
  if (!part) return [...hours];
  const [floor, ceiling] = roomOf(hours, index);
  const changed =
    end === 'from'
      ? { from: Math.min(part.to - STEP_MIN, Math.max(floor, minutes)), to: part.to }
      : { from: part.from, to: Math.max(part.from + STEP_MIN, Math.min(ceiling, minutes)) };
  return hours.with(index, changed);
}

/**
 * Adds a part around `anchor`, cut where it would reach into others.
 *
 * @returns the parts in order and which of them is new; null where the day has no room, or enough parts
 */
export function added(
  hours: readonly Hours[],
  { from, to }: Hours,
  anchor: number = from,
): { readonly hours: Hours[]; readonly index: number } | null {
  if (hours.length >= PARTS_MAX) return null;
  if (hours.some((part) => part.from <= anchor && anchor < part.to)) return null;
  const floor = Math.max(0, ...hours.filter((part) => part.to <= anchor).map((part) => part.to));
  const ceiling = Math.min(DAY_MIN, ...hours.filter((part) => part.from > anchor).map((part) => part.from));
  const part = { from: Math.max(floor, from), to: Math.min(ceiling, to) };
  if (part.to - part.from < STEP_MIN) return null;
  const all = [...hours, part].toSorted((a, b) => a.from - b.from);
  return { hours: all, index: all.indexOf(part) };
}

/** Adds usual hours where there is room for them: the working day, else the largest gap. */
export function addedAnywhere(
  hours: readonly Hours[],
): { readonly hours: Hours[]; readonly index: number } | null {
  if (hours.length === 0) return added(hours, { from: 9 * 60, to: 18 * 60 });
  const ends = [0, ...hours.map(({ to }) => to)];
  const gaps = ends.map((from, index) => ({ from, to: hours[index]?.from ?? DAY_MIN }));
  const largest = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  return largest ? added(hours, largest) : null;
}

/** The parts without one. */
export function without(hours: readonly Hours[], index: number): Hours[] {
  return hours.filter((_, at) => at !== index);
}

/** How much of the day a part has room for: up to its neighbours. */
function roomOf(hours: readonly Hours[], index: number): [number, number] {
  return [hours[index - 1]?.to ?? 0, hours[index + 1]?.from ?? DAY_MIN];
}

function joined(hours: readonly Hours[]): Hours[] {
  const result: Hours[] = [];
  for (const part of hours.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && part.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, part.to) };
    else result.push(part);
  }
  return result;
}
