import { timeOf } from './day-hours';

const MARKS = [0, 6, 12, 18, 24];

/** The times over the lines of hours. Decoration: each part tells its own. */
export function HoursAxis() {
  return (
    <div aria-hidden className="relative h-4 text-2xs whitespace-nowrap text-ink-faint tabular-nums">
      {MARKS.map((hour) => (
        <span
          key={hour}
          style={{ left: `${(hour / 24) * 100}%` }}
          className={
            hour === 0 ? 'absolute' : hour === 24 ? 'absolute -translate-x-full' : 'absolute -translate-x-1/2'
          }
        >
          {timeOf(hour * 60)}
        </span>
      ))}
    </div>
  );
}
