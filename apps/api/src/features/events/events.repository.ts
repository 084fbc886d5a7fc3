import { Injectable } from '@nestjs/common';
import type { EventsQuery, accessEventSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Reach } from '../../platform/auth/access';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';
import { presentEvent, type EventRow } from './event.presenter';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

type EventView = z.input<typeof accessEventSchema>;

const SELECT = `
  SELECT event.id, event.door_id, door.name AS door_name, event.occurred_at, event.received_at, event.outcome,
    event.reason, event.person_id, person.name AS person_name, event.similarity, event.model_id, event.track_id,
    event.epoch, event.sequence, door.site_id
  FROM access_event AS event
  JOIN door ON door.id = event.door_id
  LEFT JOIN person ON person.id = event.person_id`;

/** Reads the account of events. */
@Injectable()
export class EventsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first by the door's clock, then by id; only of doors within reach. */
  async page(query: EventsQuery, reach: Reach): Promise<{ items: EventView[]; nextCursor: string | null }> {
    const { conditions, parameters } = filters(query, reach);
    parameters.push(query.limit + 1);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = await this.dataSource.query<EventRow[]>(
      `${SELECT} ${where} ORDER BY event.occurred_at DESC, event.id DESC LIMIT $${parameters.length}`,
      parameters,
    );
    const items = rows.slice(0, query.limit).map(presentEvent);
    const last = items.at(-1);
    const nextCursor = rows.length > query.limit && last ? encodeCursor([last.occurredAt, last.id]) : null;
    return { items, nextCursor };
  }

  /** These events and the sites that they happened at, oldest first. */
  async byIds(ids: readonly string[]): Promise<{ event: EventView; siteId: string }[]> {
    const rows = await this.dataSource.query<EventRow[]>(
      `${SELECT} WHERE event.id = ANY($1) ORDER BY event.occurred_at, event.id`,
      [ids],
    );
    return rows.map((row) => ({ event: presentEvent(row), siteId: row.site_id }));
  }
}

function filters(query: EventsQuery, reach: Reach): { conditions: string[]; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: (place: string) => string, value: unknown) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  add((place) => `door.site_id = ANY(${place})`, reach === 'everywhere' ? undefined : reach);
  add((place) => `event.door_id = ${place}`, query.doorId);
  add((place) => `event.person_id = ${place}`, query.personId);
  add((place) => `event.outcome = ${place}`, query.outcome);
  add((place) => `event.occurred_at >= ${place}`, query.from && new Date(query.from));
  add((place) => `event.occurred_at < ${place}`, query.until && new Date(query.until));
  if (query.cursor !== undefined) {
    const [occurredAt, id] = decodeCursor(query.cursor, cursorSchema);
    parameters.push(new Date(occurredAt), id);
    conditions.push(`(event.occurred_at, event.id) < ($${parameters.length - 1}, $${parameters.length})`);
  }
  return { conditions, parameters };
}
