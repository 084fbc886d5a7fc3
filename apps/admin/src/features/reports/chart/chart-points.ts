import type { ReportChart } from '@munjigi/contracts';

type Points = ReportChart['points'];

const DAY_MS = 86_400_000;
const FILLED_MAX = 400;

/** The points with those that nothing happened in put between, all values 0; of values, the points as they are. */
export function filledPoints({ by, points, measures }: ReportChart): Points {
  const names = namesBetween(by, points);
  if (names === null) return points;
  const known = new Map(points.map((point) => [point.at, point]));
  return names.map((at) => known.get(at) ?? { at, values: measures.map(() => 0) });
}

function namesBetween(by: ReportChart['by'], points: Points): string[] | null {
  const [first, last] = [points[0]?.at, points.at(-1)?.at];
  if (by === 'value' || first === undefined || last === undefined) return null;
  if (by === 'hour') return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const names: string[] = [];
  const at = new Date(`${first}${by === 'month' ? '-01' : ''}T00:00:00Z`);
  while (names.length < FILLED_MAX) {
    const name = at.toISOString().slice(0, by === 'month' ? 7 : 10);
    if (name > last) break;
    names.push(name);
    if (by === 'month') at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setTime(at.getTime() + DAY_MS);
  }
  return names;
}

/** A round number at or over the largest value, with as many even steps below it: 4 or 5. */
export function scaleOf(largest: number): { readonly max: number; readonly step: number } {
  if (largest <= 0) return { max: 1, step: 1 };
  const power = 10 ** Math.floor(Math.log10(largest / 4));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each * 5 >= largest) ?? largest;
  const whole = largest >= 4 || Number.isInteger(largest) ? Math.max(1, Math.ceil(step)) : step;
  return { max: whole * Math.ceil(largest / whole), step: whole };
}
