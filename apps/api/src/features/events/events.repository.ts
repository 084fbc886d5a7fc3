import { Injectable } from '@nestjs/common';
import type { EventsCount, EventsCountQuery, EventsQuery, accessEventSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Reach } from '../../platform/auth/access';
import { encodeCursor } from '../../platform/database/cursor';
import { presentEvent, type EventRow } from './event.presenter';
import { whereOf } from './event-filters';

type EventView = z.input<typeof accessEventSchema>;

/** As many are counted; of more, the planner's estimate is told. */
const COUNTED_MAX = 10_000;

const SELECT = `
  SELECT event.id, event.door_id, door.name AS door_name, event.occurred_at, event.received_at, event.outcome,
    event.reason, event.person_id, person.name AS person_name,
    portrait.updated_at AS portrait_updated_at, event.similarity, event.runner_up_similarity,
    event.similarity_min, event.quality, event.liveness, event.applied_revision, event.model_id, event.track_id,
    event.epoch, event.sequence, event.site_id, picture.id IS NOT NULL AS has_picture
  FROM page AS event
  JOIN door ON door.id = event.door_id
  LEFT JOIN person ON person.id = event.person_id
  LEFT JOIN portrait ON portrait.person_id = event.person_id
  LEFT JOIN event_picture AS picture ON picture.door_id = event.door_id AND picture.hash = event.picture_hash
    AND picture.received_bytes = picture.size_bytes`;

/** Reads the account of visits. */
@Injectable()
export class EventsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first by the door's clock, then by id; only of sites within reach. */
  async page(query: EventsQuery, reach: Reach): Promise<{ items: EventView[]; nextCursor: string | null }> {
    const { text, parameters } = whereOf(query, reach);
    parameters.push(query.limit + 1);
    // The page is found before names are looked up: joined the other way, the planner may read a month for a page.
    const rows = await this.dataSource.query<EventRow[]>(
      `WITH page AS MATERIALIZED (SELECT event.* FROM access_event AS event ${text}
         ORDER BY event.occurred_at DESC, event.id DESC LIMIT $${parameters.length})
       ${SELECT} ORDER BY event.occurred_at DESC, event.id DESC`,
      parameters,
    );
    const items = rows.slice(0, query.limit).map(presentEvent);
    const last = items.at(-1);
    const nextCursor = rows.length > query.limit && last ? encodeCursor([last.occurredAt, last.id]) : null;
    return { items, nextCursor };
  }

  /** How many fit: exactly when they are few, from the statistics when they are many. */
  async count(query: EventsCountQuery, reach: Reach): Promise<EventsCount> {
    const { text, parameters } = whereOf(query, reach);
    const [{ counted }] = await this.dataSource.query<[{ counted: number }]>(
      `SELECT count(*)::int AS counted FROM
         (SELECT 1 FROM access_event AS event ${text} LIMIT ${COUNTED_MAX + 1}) AS counted`,
      parameters,
    );
    if (counted <= COUNTED_MAX) return { count: counted, exact: true };
    const [plan] = await this.dataSource.query<[{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }]>(
      `EXPLAIN (FORMAT JSON) SELECT 1 FROM access_event AS event ${text}`,
      parameters,
    );
    return { count: Math.max(COUNTED_MAX + 1, plan['QUERY PLAN'][0].Plan['Plan Rows']), exact: false };
  }

  /** These events and the sites that they happened at, oldest first. */
  async byIds(ids: readonly string[]): Promise<{ event: EventView; siteId: string }[]> {
    const rows = await this.dataSource.query<EventRow[]>(
      `WITH page AS MATERIALIZED (SELECT * FROM access_event WHERE id = ANY($1::uuid[]))
       ${SELECT} ORDER BY event.occurred_at, event.id`,
      [ids],
    );
    return rows.map((row) => ({ event: presentEvent(row), siteId: row.site_id }));
  }
}
