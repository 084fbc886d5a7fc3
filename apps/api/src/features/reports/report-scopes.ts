import { Injectable } from '@nestjs/common';
import type { Permission, ReportDefinition } from '@munjigi/contracts';
import { forbidden, type Access, type Reach } from '../../platform/auth/access';
import { noSuchSite } from './report-errors';
import { REPORT_KINDS_BY_NAME } from './report-kinds';
import { scopeOf, type ReportScope } from './report-scope';
import { ReportsRepository } from './reports.repository';

/** Says what somebody sees of a report. */
@Injectable()
export class ReportScopes {
  constructor(private readonly reports: ReportsRepository) {}

  /**
   * The sites at which somebody has both the permission for reports and the kind's own, or the one that the report names.
   *
   * @throws {AppError} `auth/forbidden`, `reports/no-such-site`
   */
  async of(
    { kind, parameters }: ReportDefinition,
    { access, permission, now }: { access: Access; permission: Permission; now: Date },
  ): Promise<ReportScope> {
    const own = REPORT_KINDS_BY_NAME[kind].permission;
    const reach = both(access.reach(permission), access.reach(own));
    if (reach.length === 0) throw forbidden(access.may(permission) ? own : permission);
    const sites = await this.reports.sites();
    const period = 'period' in parameters ? parameters.period : undefined;
    const { siteId } = parameters;
    if (siteId === undefined) {
      const everywhere = reach === 'everywhere';
      const seen = sites.filter(({ id }) => everywhere || reach.includes(id));
      return scopeOf(seen, { everywhere, period, now });
    }
    for (const needed of [permission, own]) access.require(needed, siteId);
    const site = sites.find(({ id }) => id === siteId);
    if (!site) throw noSuchSite();
    return scopeOf([site], { everywhere: false, period, now });
  }

  /** What somebody saw at a time, as it was kept then. @param siteIds null: everything */
  async restore(
    { parameters }: ReportDefinition,
    { siteIds, now }: { siteIds: readonly string[] | null; now: Date },
  ): Promise<ReportScope> {
    const sites = await this.reports.sites();
    const period = 'period' in parameters ? parameters.period : undefined;
    const seen = sites.filter(({ id }) => siteIds === null || siteIds.includes(id));
    return scopeOf(seen, { everywhere: siteIds === null, period, now });
  }
}

/** The sites of a scope, as they are kept; null: everything. */
export function siteIdsOf({ everywhere, sites }: ReportScope): string[] | null {
  return everywhere ? null : sites.map(({ id }) => id);
}

function both(one: Reach, other: Reach): Reach {
  if (one === 'everywhere') return other;
  return other === 'everywhere' ? one : one.filter((id) => other.includes(id));
}
