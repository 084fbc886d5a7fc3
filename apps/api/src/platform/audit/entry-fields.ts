import type { EntryFields } from '@munjigi/audit-chain';

/** A row of `audit_entry` as the driver gives it. */
export interface EntryRow {
  readonly id: string;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly address: string | null;
  readonly action: string;
  readonly subject_id: string | null;
  readonly site_id: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly reason: string | null;
  readonly details: Record<string, unknown>;
}

/** What a row says, as it is hashed and exported. */
export function entryFields(row: EntryRow): EntryFields {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    address: row.address,
    action: row.action,
    subjectId: row.subject_id,
    siteId: row.site_id,
    before: row.before,
    after: row.after,
    reason: row.reason,
    details: row.details,
  };
}
