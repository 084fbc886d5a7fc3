import type { EntityManager } from 'typeorm';

/**
 * How many revisions it takes when groups begin or cease to reach a door. The people of the groups are spread over them
 * by their ids, so that a door takes them in pages although one change brought them all.
 */
export const REACH_REVISIONS = 4096;

/** The place of a person among those revisions, 0 to 4095, as SQL. Ids are random at their end. */
export const slotOf = (personId: string): string => `('x' || right(${personId}::text, 3))::bit(12)::integer`;

/** A person who has no way through a door any more. */
export interface Unreached {
  readonly doorId: string;
  readonly personIds: readonly string[];
}

/** Above so many the rules, which are the first that a door hears, have to do alone. */
const UNREACHED_MAX = 5_000;

interface Pair {
  readonly door_id: string;
  readonly group_id: string;
  readonly reaches: boolean;
}

/**
 * Brings to what the access rules say which groups reach which doors: a level of the group leads through the door by a
 * schedule that is open at some time.
 *
 * @param manager of a transaction that holds the lock of the feed, so that it sees what all before it have written
 * @returns the new end of the feed; null when nothing has changed
 */
export async function refreshReach(manager: EntityManager): Promise<number | null> {
  const pairs = await manager.query<Pair[]>(CHANGED);
  if (pairs.length === 0) return null;
  const [[head]] = await manager.query<[[{ revision: string }], number]>(
    'UPDATE change_head SET revision = revision + $1 WHERE id = 1 RETURNING revision',
    [REACH_REVISIONS],
  );
  const last = Number(head.revision);
  await manager.query(
    `INSERT INTO door_reach (door_id, group_id, reaches, revision)
     SELECT door_id, group_id, reaches, $4 FROM unnest($1::uuid[], $2::uuid[], $3::boolean[])
       AS given (door_id, group_id, reaches)
     ON CONFLICT (door_id, group_id) DO UPDATE SET reaches = excluded.reaches, revision = excluded.revision`,
    [
      pairs.map((pair) => pair.door_id),
      pairs.map((pair) => pair.group_id),
      pairs.map((pair) => pair.reaches),
      last - REACH_REVISIONS + 1,
    ],
  );
  return last;
}

/** Whether {@link refreshReach} would find something to do. */
export async function isReachStale(manager: EntityManager): Promise<boolean> {
  return (await manager.query<Pair[]>(`${CHANGED} LIMIT 1`)).length > 0;
}

/**
 * Who has lost their way through which doors: by groups that reach them no more since a revision, or because they left
 * groups that do.
 *
 * @returns nobody where they are too many to be told one by one
 */
export async function unreachedSince(
  manager: EntityManager,
  { revision, left }: { revision: number | null; left: readonly { personId: string; groupId: string }[] },
): Promise<Unreached[]> {
  if (revision === null && left.length === 0) return [];
  const rows = await manager.query<{ door_id: string; person_id: string }[]>(UNREACHED, [
    revision ?? Number.MAX_SAFE_INTEGER,
    left.map(({ personId }) => personId),
    left.map(({ groupId }) => groupId),
    UNREACHED_MAX + 1,
  ]);
  if (rows.length > UNREACHED_MAX) return [];
  const byDoor = new Map<string, string[]>();
  for (const { door_id: doorId, person_id: personId } of rows) {
    const people = byDoor.get(doorId);
    if (people) people.push(personId);
    else byDoor.set(doorId, [personId]);
  }
  return [...byDoor].map(([doorId, personIds]) => ({ doorId, personIds }));
}

/** The groups that reach a door, in the order of their ids. */
export async function groupsReaching(manager: EntityManager, doorId: string): Promise<string[]> {
  const rows = await manager.query<{ group_id: string }[]>(
    'SELECT group_id FROM door_reach WHERE door_id = $1 AND reaches ORDER BY group_id',
    [doorId],
  );
  return rows.map((row) => row.group_id);
}

// A schedule without any times never opens, nor do holidays that there are none of.
const OPENS = `(
  jsonb_path_exists(schedule.definition, '$.weekly.*[*]')
  OR jsonb_path_exists(schedule.definition, '$.exceptions[*].intervals[*]')
  OR jsonb_path_exists(schedule.definition, '$.holiday[*]') AND EXISTS (
    SELECT FROM access_rule AS calendar WHERE calendar.kind = 'holiday-calendar'
      AND schedule.definition -> 'holidayCalendarIds' @> to_jsonb(calendar.id::text)
      AND jsonb_path_exists(calendar.definition, '$.days[*]')))`;

const WANTED = `
  SELECT DISTINCT door.id AS door_id, rule.id AS group_id
  FROM access_rule AS rule
  JOIN access_group ON access_group.id = rule.id
  CROSS JOIN LATERAL jsonb_array_elements_text(rule.definition -> 'accessLevelIds') AS has (level_id)
  JOIN access_rule AS level ON level.kind = 'access-level' AND level.id = has.level_id::uuid
  CROSS JOIN LATERAL jsonb_array_elements(level.definition -> 'entries') AS entry (value)
  JOIN access_rule AS schedule
    ON schedule.kind = 'schedule' AND schedule.id = (entry.value ->> 'scheduleId')::uuid AND ${OPENS}
  JOIN door ON CASE entry.value -> 'doors' ->> 'kind'
    WHEN 'all' THEN true
    WHEN 'site' THEN door.site_id::text = entry.value -> 'doors' ->> 'siteId'
    WHEN 'doors' THEN entry.value -> 'doors' -> 'doorIds' @> to_jsonb(door.id::text)
    ELSE false END
  WHERE rule.kind = 'group'`;

const CHANGED = `
  SELECT coalesce(wanted.door_id, had.door_id) AS door_id, coalesce(wanted.group_id, had.group_id) AS group_id,
    wanted.door_id IS NOT NULL AS reaches
  FROM (${WANTED}) AS wanted
  FULL JOIN (SELECT door_id, group_id FROM door_reach WHERE reaches) AS had
    ON had.door_id = wanted.door_id AND had.group_id = wanted.group_id
  WHERE wanted.door_id IS NULL OR had.door_id IS NULL`;

const UNREACHED = `
  SELECT DISTINCT lost.door_id, lost.person_id FROM (
    SELECT reach.door_id, member.person_id FROM door_reach AS reach
    JOIN access_group_member AS member ON member.group_id = reach.group_id
    WHERE NOT reach.reaches AND reach.revision >= $1
    UNION
    SELECT reach.door_id, given.person_id FROM unnest($2::uuid[], $3::uuid[]) AS given (person_id, group_id)
    JOIN door_reach AS reach ON reach.group_id = given.group_id AND reach.reaches
  ) AS lost
  WHERE NOT EXISTS (
    SELECT FROM access_group_member AS member
    JOIN door_reach AS reach ON reach.group_id = member.group_id AND reach.reaches
    WHERE member.person_id = lost.person_id AND reach.door_id = lost.door_id)
  LIMIT $4`;
