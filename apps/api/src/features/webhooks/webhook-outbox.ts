import { Injectable } from '@nestjs/common';
import type { WebhookEvent } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { afterCommit } from '../../platform/database/after-commit';

/** Something that happened, for whoever wants to be told. */
export interface Announcement {
  readonly event: WebhookEvent;
  /** The event or the alarm. */
  readonly subjectId: string;
  /** Where; of a door whose site is not at hand, the door. Neither: it concerns the whole organisation. */
  readonly siteId?: string | null;
  readonly doorId?: string | null;
}

/** Writes down, in the transaction of what happened, that webhooks are to be told: exactly what is stored is announced. */
@Injectable()
export class WebhookOutbox {
  private readonly listeners = new Set<() => void>();

  /** Adds a message for each webhook that wants to know. Costs one statement, and nothing while there is no webhook. */
  async announce(manager: EntityManager, announcements: readonly Announcement[]): Promise<void> {
    if (announcements.length === 0) return;
    const column = (of: (each: Announcement) => string | null | undefined) =>
      announcements.map((each) => of(each) ?? null);
    const rows = await manager.query<unknown[]>(ANNOUNCE, [
      column(({ event }) => event),
      column(({ subjectId }) => subjectId),
      column(({ siteId }) => siteId),
      column(({ doorId }) => doorId),
    ]);
    if (rows.length > 0) this.wake(manager);
  }

  /** Lets what waits be looked for once the caller's transaction has committed. */
  wake(manager: EntityManager): void {
    afterCommit(manager, () => {
      for (const listener of this.listeners) listener();
    });
  }

  /** Calls `listener` whenever this process has added messages. @returns what ends that */
  onAdded(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const ANNOUNCE = `
  INSERT INTO webhook_delivery
    (id, webhook_id, event, subject_id, state, created_at, requested_at, due_at, attempt_count, attempts)
  SELECT gen_random_uuid(), webhook.id, happened.event, subject_id, 'waiting', now(), now(), now(), 0, '[]'
  FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[]) AS happened (event, subject_id, site_id, door_id)
  LEFT JOIN door ON door.id = happened.door_id
  JOIN webhook ON webhook.enabled AND happened.event = ANY(webhook.events)
    AND (webhook.site_ids IS NULL OR coalesce(happened.site_id, door.site_id) = ANY(webhook.site_ids))
  RETURNING 1`;
