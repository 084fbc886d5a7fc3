import type { PeopleQuery } from '@munjigi/contracts';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Reach } from '../../platform/auth/access';

/** What a list of people is cut to. */
export type PeopleFilter = Omit<PeopleQuery, 'cursor' | 'limit' | 'sort' | 'order'>;

type Condition = readonly [sql: string, parameters: ObjectLiteral];

/** PostgreSQL's text has no NUL. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/**
 * Cuts a query of `person` to those who somebody may see, and to those who the filter names.
 *
 * @param builder joined with `activity`
 */
export function cutPeople<T extends ObjectLiteral>(
  builder: SelectQueryBuilder<T>,
  filter: PeopleFilter,
  reach: Reach,
): SelectQueryBuilder<T> {
  if (reach !== 'everywhere') {
    builder.andWhere('(person.site_id IS NULL OR person.site_id = ANY(:reach))', { reach });
  }
  for (const [sql, parameters] of conditionsOf(filter)) builder.andWhere(sql, parameters);
  return builder;
}

function conditionsOf(filter: PeopleFilter): Condition[] {
  const conditions: (Condition | null)[] = [
    searchCondition(filter.search),
    equal('status', filter.status),
    equal('kind', filter.kind),
    siteCondition(filter.site),
    // As the index has it.
    when(filter.department, (department) => [
      `coalesce(person.department, '') = :department`,
      { department },
    ]),
    when(filter.groupId, (groupId) => [
      'EXISTS (SELECT FROM access_group_member WHERE person_id = person.id AND group_id = :groupId)',
      { groupId },
    ]),
    templateCondition(filter),
    when(filter.expiringWithinDays, (days) => [
      `person.valid_until > now() AND person.valid_until <= now() + make_interval(days => :expiringDays)`,
      { expiringDays: days },
    ]),
    when(filter.idleDays, (days) => [
      `coalesce(activity.last_granted_at, person.created_at) < now() - make_interval(days => :idleDays)`,
      { idleDays: days },
    ]),
  ];
  return conditions.filter((condition) => condition !== null);
}

function searchCondition(search = ''): Condition | null {
  if (search === '') return null;
  // No field holds a control character; one of them keeps the fields apart.
  if (/\p{Cc}/u.test(search)) return ['false', {}];
  const sought = search.normalize('NFC');
  const pattern = `%${sought.replace(/[\\%_]/g, '\\$&')}%`;
  // Lowered by the database, as what it is compared with was.
  const like = `person.search_text LIKE lower(:pattern COLLATE "und-x-icu") COLLATE "C"`;
  if ([...sought].length !== 2) return [like, { pattern }];
  // Says nothing new; it is what an index finds them by, which trigrams do from three letters on.
  const pairs = `text_pairs(person.search_text) @> text_pairs(lower(:sought COLLATE "und-x-icu") COLLATE "C")`;
  return [`${like} AND ${pairs}`, { pattern, sought }];
}

function equal(column: string, value: string | undefined): Condition | null {
  return value === undefined ? null : [`person.${column} = :${column}`, { [column]: value }];
}

function siteCondition(site: PeopleFilter['site']): Condition | null {
  if (site === undefined) return null;
  return site === 'none' ? ['person.site_id IS NULL', {}] : ['person.site_id = :site', { site }];
}

function templateCondition({ credentials, modelId }: PeopleFilter): Condition | null {
  if (credentials === undefined && modelId === undefined) return null;
  const exists = `EXISTS (SELECT FROM template WHERE person_id = person.id${modelId === undefined ? '' : ' AND model_id = :modelId'})`;
  return [credentials === 'none' ? `NOT ${exists}` : exists, { modelId }];
}

function when<T>(value: T | undefined, make: (value: T) => Condition): Condition | null {
  return value === undefined ? null : make(value);
}
