import { Injectable } from '@nestjs/common';
import type { DayCounts } from './day-counts';
import { OverviewRepository, type SiteDay } from './overview.repository';

/** How many weeks back the usual is read from. */
const WEEKS_COMPARED = 8;
const SITES_KEPT_MAX = 500;
const DAY_MS = 86_400_000;

interface Kept {
  readonly of: string;
  readonly days: readonly DayCounts[];
}

/**
 * The same weekday in the weeks before, site by site. Days that are over hardly change: they are counted once, and again
 * once the day has turned. What a door brings late is missed until then, of which a median takes no notice.
 */
@Injectable()
export class PastDays {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly overview: OverviewRepository) {}

  /** A list of eight days of a site, last week's first. */
  async of({ siteId, timeZone, day }: SiteDay): Promise<readonly DayCounts[]> {
    const of = `${timeZone} ${day}`;
    const known = this.kept.get(siteId);
    if (known?.of === of) return known.days;
    const wanted = Array.from({ length: WEEKS_COMPARED }, (_, week) => daysBefore(day, 7 * (week + 1)));
    const counted = await this.overview.countDays(siteId, timeZone, wanted);
    const days = [...counted.values()];
    if (this.kept.size >= SITES_KEPT_MAX) this.kept.clear();
    this.kept.set(siteId, { of, days });
    return days;
  }
}

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * DAY_MS).toISOString().slice(0, 10);
}
