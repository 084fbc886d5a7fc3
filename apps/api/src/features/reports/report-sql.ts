import type { ReportScope } from './report-scope';

/** Collects the values of a query while it is written. */
export class ReportSql {
  private readonly collected: unknown[] = [];

  /** The values, in the order of their places. */
  get values(): unknown[] {
    return this.collected;
  }

  /** A place for a value. @param type as PostgreSQL calls it */
  place(value: unknown, type: string): string {
    this.collected.push(value);
    return `$${this.collected.length}::${type}`;
  }

  /** A place for a value in a condition, or nothing to hold when there is no value. */
  when(value: string | undefined, type: string, condition: (place: string) => string): string {
    return value === undefined ? 'true' : condition(this.place(value, type));
  }

  /**
   * A common table `scope (site_id, site_name, time_zone, from_at, until_at)`, a row for each site that is looked at.
   */
  scope({ sites }: ReportScope): string {
    const places = [
      this.place(
        sites.map(({ id }) => id),
        'uuid[]',
      ),
      this.place(
        sites.map(({ name }) => name),
        'text[]',
      ),
      this.place(
        sites.map(({ timeZone }) => timeZone),
        'text[]',
      ),
      this.place(
        sites.map(({ from }) => from),
        'timestamptz[]',
      ),
      this.place(
        sites.map(({ until }) => until),
        'timestamptz[]',
      ),
    ];
    return `scope AS (SELECT * FROM unnest(${places.join(', ')})
      AS scope (site_id, site_name, time_zone, from_at, until_at))`;
  }

  /**
   * Joins `scope` to a table with `site_id`, and cuts it to the sites and, where there is a column of an instant, to the
   * period. Whoever sees everything also sees what belongs to a site that is no more.
   *
   * @returns what belongs after FROM, and what belongs after WHERE
   */
  within(scope: ReportScope, table: string, at?: string): { join: string; where: string } {
    const left = scope.everywhere;
    const join = `${left ? 'LEFT ' : ''}JOIN scope ON scope.site_id = ${table}.site_id`;
    if (at === undefined) return { join, where: 'true' };
    // The outermost bounds are what months of events are left out by.
    const [from, until] = [this.place(scope.from, 'timestamptz'), this.place(scope.until, 'timestamptz')];
    const own = left
      ? `${at} >= coalesce(scope.from_at, ${from}) AND ${at} < coalesce(scope.until_at, ${until})`
      : `${at} >= scope.from_at AND ${at} < scope.until_at`;
    return { join, where: `${at} >= ${from} AND ${at} < ${until} AND ${own}` };
  }

  /** The condition that a person, by the expression of their id, is in a group now. */
  inGroup(groupId: string | undefined, personId: string): string {
    return this.when(
      groupId,
      'uuid',
      (place) =>
        `EXISTS (SELECT FROM access_group_member AS member WHERE member.person_id = ${personId} AND member.group_id = ${place})`,
    );
  }
}
