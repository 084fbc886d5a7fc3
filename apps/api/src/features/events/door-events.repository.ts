import { Injectable } from '@nestjs/common';
import type { DoorEvent, DoorEventsQuery } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { encodeCursor } from '../../platform/database/cursor';
import { presentDoorEvent, type DoorEventRow } from './door-event.presenter';
import { whereOf } from './event-filters';

const SELECT = `
  SELECT event.id, event.door_id, door.name AS door_name, event.site_id, event.occurred_at, event.received_at,
    event.epoch, event.kind, event.details
  FROM door_event AS event JOIN door ON door.id = event.door_id`;

/** Reads the account of what happened to doors apart from visits. */
@Injectable()
export class DoorEventsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first by the clock of who noticed it, then by id; only of sites within reach. */
  async page(
    query: DoorEventsQuery,
    reach: Reach,
  ): Promise<{ items: DoorEvent[]; nextCursor: string | null }> {
    const { text, parameters } = whereOf(query, reach);
    parameters.push(query.limit + 1);
    const rows = await this.dataSource.query<DoorEventRow[]>(
      `${SELECT} ${text} ORDER BY event.occurred_at DESC, event.id DESC LIMIT $${parameters.length}`,
      parameters,
    );
    const items = rows.slice(0, query.limit).map(presentDoorEvent);
    const last = items.at(-1);
    const nextCursor = rows.length > query.limit && last ? encodeCursor([last.occurredAt, last.id]) : null;
    return { items, nextCursor };
  }

  /** These events, oldest first. */
  async byIds(ids: readonly string[]): Promise<DoorEvent[]> {
    const rows = await this.dataSource.query<DoorEventRow[]>(
      `${SELECT} WHERE event.id = ANY($1::uuid[]) ORDER BY event.occurred_at, event.id`,
      [ids],
    );
    return rows.map(presentDoorEvent);
  }
}
