import { Injectable } from '@nestjs/common';
import type { overviewSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import type { Reach } from '../../platform/auth/access';
import { MusterService } from '../access/muster.service';
import { againstUsual, EMPTY_DAY, type DaysOfSite } from './day-counts';
import { OverviewRepository } from './overview.repository';
import { PastDays } from './past-days';

type OverviewView = z.input<typeof overviewSchema>;

/** How things stand, for a page that many have open all day. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly overview: OverviewRepository,
    private readonly past: PastDays,
    private readonly muster: MusterService,
  ) {}

  /** The figures of the sites that somebody may see; of the rest, nothing. */
  async get({ access }: SignedIn): Promise<OverviewView> {
    const now = new Date();
    const within = async <T>(
      permission: Parameters<typeof access.reach>[0],
      read: (reach: Reach) => Promise<T>,
    ) => (access.may(permission) ? read(access.reach(permission)) : null);
    return {
      at: now.toISOString(),
      behind: await this.overview.behind(access.reach('doors:read')),
      alarms: await within('alarms:read', (reach) => this.overview.alarms(reach)),
      today: await within('events:read', (reach) => this.today(reach, now)),
      inside: await within('access:read', (reach) => this.muster.count(reach)),
    };
  }

  private async today(reach: Reach, now: Date) {
    const sites: DaysOfSite[] = [];
    for (const site of await this.overview.siteDays(reach, now)) {
      const counted = await this.overview.countDays(site.siteId, site.timeZone, [site.day]);
      const before = await this.past.of(site);
      sites.push({ today: counted.get(site.day) ?? EMPTY_DAY, before, hour: site.hour });
    }
    return againstUsual(sites);
  }
}
