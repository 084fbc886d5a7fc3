import type { MigrationInterface, QueryRunner } from 'typeorm';

const SLOTS = 4096;

/**
 * A door is sent only people who have a way through it. What reaches a door now, its people hold already; whom it must
 * forget it is told by the feed.
 */
export class DoorReach1791970000000 implements MigrationInterface {
  readonly name = 'DoorReach1791970000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE door_reach (
        door_id uuid NOT NULL CONSTRAINT door_reach_door_fk REFERENCES door ON DELETE CASCADE,
        group_id uuid NOT NULL CONSTRAINT door_reach_group_fk REFERENCES access_group ON DELETE CASCADE,
        reaches boolean NOT NULL,
        revision bigint NOT NULL,
        CONSTRAINT door_reach_pk PRIMARY KEY (door_id, group_id)
      );
      CREATE INDEX door_reach_group_idx ON door_reach (group_id);
      CREATE INDEX access_group_member_slot_idx ON access_group_member
        (group_id, (('x' || right(person_id::text, 3))::bit(12)::integer));
      INSERT INTO door_reach (door_id, group_id, reaches, revision)
        SELECT door.id, access_group.id, reached.door_id IS NOT NULL, CASE
          WHEN reached.door_id IS NULL THEN head.revision + 1 ELSE head.base_revision - ${SLOTS} END
        FROM change_head AS head CROSS JOIN door CROSS JOIN access_group
        LEFT JOIN (${REACHED}) AS reached
          ON reached.door_id = door.id AND reached.group_id = access_group.id;
      UPDATE change_head SET revision = revision + ${SLOTS}`);
    await tell(
      runner,
      `family = 'person' AND NOT deleted AND NOT EXISTS (
      SELECT FROM access_group_member WHERE person_id = entity_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    // Doors get everybody again.
    await tell(runner, `family IN ('person', 'template') AND NOT deleted`);
    await runner.query('DROP INDEX access_group_member_slot_idx; DROP TABLE door_reach');
  }
}

async function tell(runner: QueryRunner, which: string): Promise<void> {
  await runner.query(`
    UPDATE change SET revision = told.revision FROM (
      SELECT change.family, change.entity_id,
        head.revision + row_number() OVER (ORDER BY change.revision) AS revision
      FROM change, change_head AS head WHERE ${which}
    ) AS told WHERE change.family = told.family AND change.entity_id = told.entity_id;
    UPDATE change_head SET revision = greatest(revision, (SELECT max(revision) FROM change))`);
}

const REACHED = `
  SELECT DISTINCT door.id AS door_id, rule.id AS group_id
  FROM access_rule AS rule
  CROSS JOIN LATERAL jsonb_array_elements_text(rule.definition -> 'accessLevelIds') AS has (level_id)
  JOIN access_rule AS level ON level.kind = 'access-level' AND level.id = has.level_id::uuid
  CROSS JOIN LATERAL jsonb_array_elements(level.definition -> 'entries') AS entry (value)
  JOIN access_rule AS schedule
    ON schedule.kind = 'schedule' AND schedule.id = (entry.value ->> 'scheduleId')::uuid AND (
      jsonb_path_exists(schedule.definition, '$.weekly.*[*]')
      OR jsonb_path_exists(schedule.definition, '$.exceptions[*].intervals[*]')
      OR jsonb_path_exists(schedule.definition, '$.holiday[*]') AND EXISTS (
        SELECT FROM access_rule AS calendar WHERE calendar.kind = 'holiday-calendar'
          AND schedule.definition -> 'holidayCalendarIds' @> to_jsonb(calendar.id::text)
          AND jsonb_path_exists(calendar.definition, '$.days[*]')))
  JOIN door ON CASE entry.value -> 'doors' ->> 'kind'
    WHEN 'all' THEN true
    WHEN 'site' THEN door.site_id::text = entry.value -> 'doors' ->> 'siteId'
    WHEN 'doors' THEN entry.value -> 'doors' -> 'doorIds' @> to_jsonb(door.id::text)
    ELSE false END
  WHERE rule.kind = 'group'`;
