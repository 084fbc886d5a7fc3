import type { TimeInterval } from '@munjigi/contracts';
import { DAY_MS } from '../time/day';

/** A part of a day, ms since its midnight: `fromMs` belongs to it, `untilMs` does not. */
export interface DayPart {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The open parts of a day, apart from one another and in order. */
export type DayPlan = readonly DayPart[];

/** The plan of a day's intervals, in whatever order they come; what overlaps or touches becomes one part. */
export function dayPlanOf(intervals: readonly TimeInterval[]): DayPlan {
  const parts = intervals
    .map(({ from, to }) => ({ fromMs: msOfDay(from), untilMs: msOfDay(to) }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const plan: DayPart[] = [];
  for (const part of parts) {
    const last = plan.at(-1);
    if (last && part.fromMs <= last.untilMs) {
      plan[plan.length - 1] = { fromMs: last.fromMs, untilMs: Math.max(last.untilMs, part.untilMs) };
    } else {
      plan.push(part);
    }
  }
  return plan;
}

/** Whether a plan is open at that time of the day. */
export function planCovers(plan: DayPlan, timeMs: number): boolean {
  return plan.some(({ fromMs, untilMs }) => timeMs >= fromMs && timeMs < untilMs);
}

/** The next time of the day, after `timeMs`, at which a plan opens or closes; the day's end when it does no more. */
export function nextEdgeMs(plan: DayPlan, timeMs: number): number {
  for (const { fromMs, untilMs } of plan) {
    if (fromMs > timeMs) return fromMs;
    if (untilMs > timeMs) return untilMs;
  }
  return DAY_MS;
}

/** Whether a plan is open, or closed, from midnight to midnight; null when it is neither. */
export function allDay(plan: DayPlan): boolean | null {
  const [first] = plan;
  if (!first) return false;
  return first.fromMs === 0 && first.untilMs === DAY_MS ? true : null;
}

function msOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
}
