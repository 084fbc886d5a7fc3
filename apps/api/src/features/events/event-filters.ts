import type { Reach } from '../../platform/auth/access';
import { decodeCursor } from '../../platform/database/cursor';
import { z } from 'zod';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** What the lists of both kinds of events may be cut to. */
export interface EventFilters {
  readonly siteId?: string;
  readonly doorId?: string;
  readonly personId?: string;
  readonly outcome?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly until?: string;
  readonly cursor?: string;
}

/** A `WHERE` for the table `event`, or nothing, and its parameters. */
export interface Where {
  readonly text: string;
  readonly parameters: unknown[];
}

/**
 * The condition that all filters hold and that the site is within reach.
 *
 * @throws {AppError} `request/invalid-cursor`
 */
export function whereOf(query: EventFilters, reach: Reach): Where {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: (place: string) => string, value: unknown) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  add((place) => `event.site_id = ANY(${place})`, reach === 'everywhere' ? undefined : reach);
  add((place) => `event.site_id = ${place}`, query.siteId);
  add((place) => `event.door_id = ${place}`, query.doorId);
  add((place) => `event.person_id = ${place}`, query.personId);
  // Written out, so that the planner sees the index of denials.
  if (query.outcome === 'denied') conditions.push(`event.outcome = 'denied'`);
  else add((place) => `event.outcome = ${place}`, query.outcome);
  add((place) => `event.kind = ${place}`, query.kind);
  add((place) => `event.occurred_at >= ${place}`, query.from && new Date(query.from));
  add((place) => `event.occurred_at < ${place}`, query.until && new Date(query.until));
  if (query.cursor !== undefined) {
    const [occurredAt, id] = decodeCursor(query.cursor, cursorSchema);
    parameters.push(new Date(occurredAt), id);
    const [at, than] = [`$${parameters.length - 1}`, `$${parameters.length}`];
    // The first condition says nothing new; it is what months are left out by.
    conditions.push(`event.occurred_at <= ${at} AND (event.occurred_at, event.id) < (${at}, ${than})`);
  }
  return { text: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}
