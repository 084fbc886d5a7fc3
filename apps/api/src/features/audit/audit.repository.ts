import { Injectable } from '@nestjs/common';
import type { AuditQuery } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { LinkedRow } from '../../platform/audit/audit-chain';
import type { Reach } from '../../platform/auth/access';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

const SELECT = `SELECT link.position, link.hash, entry.id, entry.at, entry.actor_kind, entry.actor_id,
    entry.actor_name, entry.address, entry.action, entry.subject_id, entry.site_id, entry.before, entry.after,
    entry.reason, entry.details
  FROM audit_entry AS entry JOIN audit_link AS link ON link.entry_id = entry.id`;

/** Reads the account of who did what. */
@Injectable()
export class AuditRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first by their times, then by id; only what concerns the sites within reach. */
  async page(query: AuditQuery, reach: Reach): Promise<{ rows: LinkedRow[]; nextCursor: string | null }> {
    const { conditions, parameters } = filters(query, reach);
    parameters.push(query.limit + 1);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = await this.dataSource.query<LinkedRow[]>(
      `${SELECT} ${where} ORDER BY entry.at DESC, entry.id DESC LIMIT $${parameters.length}`,
      parameters,
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor =
      rows.length > query.limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null;
    return { rows: page, nextCursor };
  }

  /** The first and the last position of entries of a period, or null when it has none. */
  async positionsOf(
    manager: EntityManager,
    period: { from?: string; until?: string },
  ): Promise<{ from: number; through: number } | null> {
    const [row] = await manager.query<[{ from: string | null; through: string | null }]>(
      `SELECT min(link.position) AS "from", max(link.position) AS through
       FROM audit_entry AS entry JOIN audit_link AS link ON link.entry_id = entry.id
       WHERE ($1::timestamptz IS NULL OR entry.at >= $1) AND ($2::timestamptz IS NULL OR entry.at < $2)`,
      [period.from ?? null, period.until ?? null],
    );
    return row.from === null ? null : { from: Number(row.from), through: Number(row.through) };
  }

  /** Every key that this deployment has signed with, the newest first. */
  keys(): Promise<{ id: string; public_key: string; created_at: Date }[]> {
    return this.dataSource.query(
      'SELECT id, public_key, created_at FROM audit_key ORDER BY created_at DESC, id',
    );
  }
}

function filters(query: AuditQuery, reach: Reach): { conditions: string[]; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: (place: string) => string, value: unknown) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  const isArea = query.action?.endsWith('/');
  add((place) => `entry.site_id = ANY(${place})`, reach === 'everywhere' ? undefined : reach);
  add((place) => `entry.action = ${place}`, isArea ? undefined : query.action);
  add((place) => `starts_with(entry.action, ${place})`, isArea ? query.action : undefined);
  add((place) => `entry.actor_id = ${place}`, query.actorId);
  add((place) => `entry.actor_kind = ${place}`, query.actorKind);
  add((place) => `entry.subject_id = ${place}`, query.subjectId);
  add((place) => `entry.site_id = ${place}`, query.siteId);
  add((place) => `entry.at >= ${place}`, query.from && new Date(query.from));
  add((place) => `entry.at < ${place}`, query.until && new Date(query.until));
  add(holdsText, query.text && `%${query.text.replace(/[\\%_]/g, '\\$&')}%`);
  if (query.cursor !== undefined) {
    const [at, id] = decodeCursor(query.cursor, cursorSchema);
    parameters.push(new Date(at), id);
    conditions.push(`(entry.at, entry.id) < ($${parameters.length - 1}, $${parameters.length})`);
  }
  return { conditions, parameters };
}

/** The condition that an entry's texts hold a pattern, as the index of them has it. What is between the fields none can hold. */
export function holdsText(place: string): string {
  return `(entry.actor_name || E'\\x1f' || entry.action || E'\\x1f' || coalesce(entry.reason, '') || E'\\x1f' ||
    coalesce(entry.before::text, '') || E'\\x1f' || coalesce(entry.after::text, '') || E'\\x1f' ||
    entry.details::text) ILIKE ${place}`;
}
