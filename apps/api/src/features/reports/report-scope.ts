import type { ReportPeriod } from '@munjigi/contracts';
import { WallClock } from '../../platform/time/wall-clock';
import { windowOf, type TimeWindow } from './report-period';

/** A site as reports know it. */
export interface ReportSite {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
}

/** What somebody sees of a report: which sites, and which time of each. */
export interface ReportScope extends TimeWindow {
  /** Also what belongs to no site. */
  readonly everywhere: boolean;
  readonly sites: readonly (ReportSite & TimeWindow)[];
  /** By whose wall clock that is told which belongs to no site: that of all sites, or UTC where they differ. */
  readonly timeZone: string;
  readonly now: Date;
}

/**
 * The scope of these sites for a period; without one it is all time until now. `from` and `until` are the outermost of
 * all sites.
 */
export function scopeOf(
  sites: readonly ReportSite[],
  { everywhere, period, now }: { everywhere: boolean; period?: ReportPeriod; now: Date },
): ReportScope {
  const zones = new Set(sites.map(({ timeZone }) => timeZone));
  const windows = new Map([...zones].map((zone) => [zone, windowIn(zone, period, now)]));
  const timeZone = zones.size === 1 ? [...zones][0]! : 'UTC';
  const fallback = windows.get(timeZone) ?? windowIn(timeZone, period, now);
  const all = [...windows.values(), fallback];
  return {
    everywhere,
    sites: sites.map((site) => ({ ...site, ...(windows.get(site.timeZone) ?? fallback) })),
    timeZone,
    from: new Date(Math.min(...all.map(({ from }) => from.getTime()))),
    until: new Date(Math.max(...all.map(({ until }) => until.getTime()))),
    now,
  };
}

function windowIn(timeZone: string, period: ReportPeriod | undefined, now: Date): TimeWindow {
  return period ? windowOf(period, new WallClock(timeZone), now) : { from: new Date(0), until: now };
}
