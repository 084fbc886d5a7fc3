import type { MigrationInterface, QueryRunner } from 'typeorm';
import { newId } from '../uuid';

const ALL_DAY = [{ from: '00:00', to: '24:00' }];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * The access rules: sites have time zones, and schedules, holidays, access levels, areas and the rules of doors and
 * groups are documents that are checked together.
 *
 * Until now a person who was recognised passed everywhere. It stays so: everybody becomes a member of a group whose
 * access level leads through all doors at all times, and so does who is added without a group.
 */
export class Access1790820000000 implements MigrationInterface {
  readonly name = 'Access1790820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE site ADD updated_at timestamptz(3) DEFAULT now();
      UPDATE site SET updated_at = created_at;
      ALTER TABLE site ALTER updated_at SET NOT NULL;
      CREATE TABLE access_rule (
        kind text NOT NULL,
        id uuid NOT NULL,
        site_id uuid CONSTRAINT access_rule_site_fk REFERENCES site ON DELETE RESTRICT,
        name text NOT NULL,
        definition jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT access_rule_pk PRIMARY KEY (kind, id)
      );
      CREATE INDEX access_rule_site_idx ON access_rule (site_id);
      CREATE TABLE lockdown (
        id uuid NOT NULL CONSTRAINT lockdown_pk PRIMARY KEY,
        scope jsonb NOT NULL,
        exempt_group_ids uuid[] NOT NULL,
        exempt_person_ids uuid[] NOT NULL,
        note text NOT NULL,
        started_at timestamptz(3) NOT NULL,
        started_by text NOT NULL,
        lifted_at timestamptz(3),
        lifted_by text
      );
      CREATE INDEX lockdown_lifted_idx ON lockdown (lifted_at);
      CREATE TABLE door_override (
        door_id uuid NOT NULL CONSTRAINT door_override_door_fk REFERENCES door ON DELETE CASCADE,
        priority text NOT NULL CONSTRAINT door_override_priority_known CHECK (priority IN ('emergency', 'operator')),
        state text NOT NULL CONSTRAINT door_override_state_known CHECK (state IN ('locked', 'unlocked', 'blocked')),
        until timestamptz(3),
        set_at timestamptz(3) NOT NULL,
        set_by text NOT NULL,
        CONSTRAINT door_override_pk PRIMARY KEY (door_id, priority)
      );
      CREATE TABLE passback_pardon (
        person_id uuid NOT NULL CONSTRAINT passback_pardon_pk PRIMARY KEY
          CONSTRAINT passback_pardon_person_fk REFERENCES person ON DELETE CASCADE,
        pardoned_at timestamptz(3) NOT NULL
      )`);
    await this.keepDoorsOpen(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM access_group WHERE id IN
        (SELECT id FROM access_rule WHERE kind = 'group' AND definition ->> 'joinByDefault' = 'true');
      DROP TABLE passback_pardon, door_override, lockdown, access_rule;
      ALTER TABLE site DROP updated_at;
      DELETE FROM change WHERE family = 'rules'`);
  }

  private async keepDoorsOpen(runner: QueryRunner): Promise<void> {
    const [scheduleId, levelId, groupId] = [newId(), newId(), newId()];
    const insert = (kind: string, id: string, name: string, definition: object) =>
      runner.query(
        `INSERT INTO access_rule (kind, id, name, definition, created_at, updated_at) VALUES ($1, $2, $3, $4, now(), now())`,
        [kind, id, name, JSON.stringify(definition)],
      );
    const weekly = Object.fromEntries(DAYS.map((day) => [day, ALL_DAY]));
    await insert('schedule', scheduleId, 'Always', {
      weekly,
      holiday: null,
      holidayCalendarIds: [],
      exceptions: [],
    });
    await insert('access-level', levelId, 'All doors, always', {
      entries: [{ doors: { kind: 'all' }, scheduleId }],
    });
    await runner.query(
      `INSERT INTO access_group (id, name, created_at, updated_at) VALUES ($1, 'Everybody', now(), now())`,
      [groupId],
    );
    await insert('group', groupId, 'Everybody', { accessLevelIds: [levelId], joinByDefault: true });
    await runner.query(`INSERT INTO access_group_member (person_id, group_id) SELECT id, $1 FROM person`, [
      groupId,
    ]);
    // Doors hear of it: each fetches its rules, and every person's groups.
    await runner.query(`
      UPDATE change_head SET revision = revision + 1 + (SELECT count(*) FROM person);
      INSERT INTO change (family, entity_id, deleted, revision)
        SELECT 'person', person.id, false, head.revision - row_number() OVER (ORDER BY person.id) FROM person, change_head AS head
        ON CONFLICT (family, entity_id) DO UPDATE SET revision = excluded.revision, deleted = false;
      INSERT INTO change (family, entity_id, deleted, revision)
        SELECT 'rules', '00000000-0000-0000-0000-000000000000', false, revision FROM change_head`);
  }
}
