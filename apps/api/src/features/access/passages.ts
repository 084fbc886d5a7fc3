import { Injectable } from '@nestjs/common';
import type { MemoryEvent } from '@munjigi/access-rules';
import type { DoorId, PersonId } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { Rules } from './rule-sets.service';

/** How far back a passage still says where somebody is. */
const HORIZON_DAYS = 31;
const FIRST_PERSON_HOURS = 48;

/** One person's last passage. */
export interface LastPassage {
  readonly personId: PersonId;
  readonly doorId: DoorId;
  readonly at: Date;
}

/** What doors have told of who passed. */
@Injectable()
export class Passages {
  constructor(private readonly dataSource: DataSource) {}

  /** What a decision at a door depends on: where the person is, how full the area is, who came first. */
  async forDecision(asked: {
    doorId: DoorId;
    personId: PersonId;
    rules: Rules;
    untilMs: number;
  }): Promise<MemoryEvent[]> {
    const door = asked.rules.doors.find(({ id }) => id === asked.doorId);
    if (!door) return [];
    const { rules } = door;
    const until = new Date(asked.untilMs);
    const ownArea = rules.fromAreaId !== null || rules.toAreaId !== null;
    const last = ownArea ? await this.lastOfSite(rules.siteId, until) : [];
    const first = rules.firstPersonIn ? await this.recentOfDoor(asked.doorId, until) : [];
    return [...last, ...first].map(({ personId, doorId, at }) => ({
      kind: 'passed',
      atMs: at.getTime(),
      doorId,
      personIds: [personId],
    }));
  }

  /** Each person's last passage at a site, of those who were not forgiven since. */
  async lastOfSite(siteId: string, until = new Date()): Promise<LastPassage[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT DISTINCT ON (event.person_id) event.person_id, event.door_id, event.occurred_at
       FROM access_event AS event
       LEFT JOIN passback_pardon AS pardon ON pardon.person_id = event.person_id
       WHERE event.site_id = $1 AND event.outcome = 'granted' AND event.person_id IS NOT NULL
         AND event.occurred_at <= $2 AND event.occurred_at > $2::timestamptz - make_interval(days => $3)
         AND (pardon.pardoned_at IS NULL OR event.occurred_at > pardon.pardoned_at)
       ORDER BY event.person_id, event.occurred_at DESC`,
      [siteId, until, HORIZON_DAYS],
    );
    return rows.map(passageOf);
  }

  /** The newest pardons, and who has them. */
  async pardons(most: number): Promise<{ personId: PersonId; at: string }[]> {
    const rows = await this.dataSource.query<{ person_id: PersonId; pardoned_at: Date }[]>(
      `SELECT person_id, pardoned_at FROM passback_pardon
       WHERE pardoned_at > now() - make_interval(days => $1) ORDER BY pardoned_at DESC LIMIT $2`,
      [HORIZON_DAYS, most],
    );
    return rows.map((row) => ({ personId: row.person_id, at: row.pardoned_at.toISOString() }));
  }

  private async recentOfDoor(doorId: string, until: Date): Promise<LastPassage[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT person_id, door_id, occurred_at FROM access_event
       WHERE door_id = $1 AND outcome = 'granted' AND person_id IS NOT NULL
         AND occurred_at <= $2 AND occurred_at > $2::timestamptz - make_interval(hours => $3)
       ORDER BY occurred_at LIMIT 5000`,
      [doorId, until, FIRST_PERSON_HOURS],
    );
    return rows.map(passageOf);
  }
}

interface Row {
  readonly person_id: string;
  readonly door_id: string;
  readonly occurred_at: Date;
}

function passageOf(row: Row): LastPassage {
  return { personId: row.person_id as PersonId, doorId: row.door_id as DoorId, at: row.occurred_at };
}
