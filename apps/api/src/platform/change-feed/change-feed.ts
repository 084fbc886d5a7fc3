import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { afterCommit } from '../database/after-commit';

/** What kinds of things agents follow. */
export type ChangeFamily = 'person' | 'template' | 'transform' | 'door' | 'rules';

/** One change to tell agents of. */
export interface ChangeOf {
  readonly family: ChangeFamily;
  readonly entityId: string;
  /** The entity is gone. */
  readonly deleted: boolean;
  /**
   * Of a person. True: whom doors must not let in any longer, which overtakes all else. False: whom they may let in
   * again. Not given: as before.
   */
  readonly revoked?: boolean;
}

/** People who were revoked together. */
export interface Revocation {
  /** A reader of the feed who has this revision knows of it. */
  readonly revision: number;
  readonly personIds: readonly string[];
}

/** That the access rules have changed: what every door goes by, but its people. */
export const RULES_CHANGE: ChangeOf = {
  family: 'rules',
  entityId: '00000000-0000-0000-0000-000000000000',
  deleted: false,
};

/** A change with its place in the feed. */
export interface FeedEntry extends ChangeOf {
  readonly revision: number;
}

/** A part of the feed, in revision order. */
export interface FeedPage {
  /** The cursor is not of this feed: the reader has to start again from 0. */
  readonly reset: boolean;
  readonly entries: readonly FeedEntry[];
  /** Everything up to here is in this page or before it. */
  readonly throughRevision: number;
  /** The end of the feed when the page was read. */
  readonly headRevision: number;
}

type HeadListener = (headRevision: number) => void;
type RevocationListener = (revocation: Revocation) => void;

/**
 * The one feed of changes that agents must know of.
 *
 * It holds the newest change of each entity, so its length is bounded by what exists and what was deleted. Revisions
 * become visible in commit order: a reader that has seen revision n has seen, or will never need, all below n.
 */
@Injectable()
export class ChangeFeed {
  private readonly listeners = new Set<HeadListener>();
  private readonly revocationListeners = new Set<RevocationListener>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Records changes in the caller's transaction, and tells listeners once it has committed.
   *
   * From here to its end the transaction holds the lock that orders the feed: call this last.
   */
  async record(manager: EntityManager, changes: readonly ChangeOf[]): Promise<void> {
    if (changes.length === 0) return;
    const [[head]] = await manager.query<[[{ revision: string }], number]>(
      'UPDATE change_head SET revision = revision + $1 WHERE id = 1 RETURNING revision',
      [changes.length],
    );
    const last = Number(head.revision);
    const first = last - changes.length + 1;
    await manager.query(
      `INSERT INTO change (family, entity_id, deleted, revision, revoked)
       SELECT family, entity_id, deleted, $4::bigint + place - 1, revoked
       FROM unnest($1::text[], $2::uuid[], $3::boolean[], $5::boolean[])
         WITH ORDINALITY AS given (family, entity_id, deleted, revoked, place)
       ON CONFLICT (family, entity_id) DO UPDATE SET revision = excluded.revision, deleted = excluded.deleted,
         revoked = coalesce(excluded.revoked, change.revoked)`,
      [
        changes.map((change) => change.family),
        changes.map((change) => change.entityId),
        changes.map((change) => change.deleted),
        first,
        changes.map((change) => change.revoked ?? null),
      ],
    );
    const personIds = changes.filter(({ revoked }) => revoked).map(({ entityId }) => entityId);
    if (personIds.length > 0) {
      afterCommit(manager, () => {
        for (const listener of this.revocationListeners) listener({ revision: last, personIds });
      });
    }
    afterCommit(manager, () => this.listeners.forEach((listener) => listener(last)));
  }

  /** Calls `listener` with the head after each commit that changed it. @returns how to stop it. */
  onHead(listener: HeadListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `listener` after each commit that revoked people, before those of the head. @returns how to stop it. */
  onRevoked(listener: RevocationListener): () => void {
    this.revocationListeners.add(listener);
    return () => this.revocationListeners.delete(listener);
  }

  /** Who is revoked by changes after a revision, in the order of the feed. */
  async revokedAfter(revision: number): Promise<Revocation[]> {
    const rows = await this.dataSource.query<{ entity_id: string; revision: string }[]>(
      'SELECT entity_id, revision FROM change WHERE revoked AND revision > $1 ORDER BY revision',
      [revision],
    );
    return rows.map((row) => ({ revision: Number(row.revision), personIds: [row.entity_id] }));
  }

  /** The newest change of a person, and whether they are revoked; null when there never was one. */
  async ofPerson(personId: string): Promise<{ revision: number; revoked: boolean } | null> {
    const [row] = await this.dataSource.query<{ revision: number; revoked: boolean }[]>(
      `SELECT revision::float8 AS revision, coalesce(revoked, false) AS revoked FROM change
       WHERE family = 'person' AND entity_id = $1`,
      [personId],
    );
    return row ?? null;
  }

  /** The last revision that is committed. */
  async head(manager: EntityManager = this.dataSource.manager): Promise<number> {
    const [row] = await manager.query<[{ revision: string }]>(
      'SELECT revision FROM change_head WHERE id = 1',
    );
    return Number(row.revision);
  }

  /** Whether a part of the feed is the same for every door: it holds nothing of a door, and no rules. */
  async isSameForAll(
    manager: EntityManager,
    { afterRevision, throughRevision }: { afterRevision: number; throughRevision: number },
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM change WHERE revision > $1 AND revision <= $2 AND family IN ('door', 'rules') LIMIT 1`,
      [afterRevision, throughRevision],
    );
    return rows.length === 0;
  }

  /**
   * The changes after a revision that concern one door.
   *
   * To read the entities as they were at the page's end, call it in a transaction with repeatable reads.
   *
   * @param limit of the changes in the page, at least 1
   */
  async page(
    manager: EntityManager,
    { afterRevision, limit, doorId }: { afterRevision: number; limit: number; doorId: string },
  ): Promise<FeedPage> {
    const [head] = await manager.query<[{ revision: string; base_revision: string }]>(
      'SELECT revision, base_revision FROM change_head WHERE id = 1',
    );
    const headRevision = Number(head.revision);
    const foreign = afterRevision > headRevision || afterRevision < Number(head.base_revision);
    if (afterRevision !== 0 && foreign) {
      return { reset: true, entries: [], throughRevision: 0, headRevision };
    }
    const rows = await manager.query<(Omit<FeedEntry, 'entityId' | 'revision'> & RawEntry)[]>(
      `SELECT family, entity_id, revision, deleted FROM change
       WHERE revision > $1 AND revision <= $4 AND (family <> 'door' OR entity_id = $2) ORDER BY revision LIMIT $3`,
      [afterRevision, doorId, limit, headRevision],
    );
    const entries = rows.map((row) => ({
      family: row.family,
      entityId: row.entity_id,
      revision: Number(row.revision),
      deleted: row.deleted,
    }));
    const last = entries.length === limit ? entries.at(-1)?.revision : undefined;
    return { reset: false, entries, throughRevision: last ?? headRevision, headRevision };
  }
}

interface RawEntry {
  readonly entity_id: string;
  readonly revision: string;
}
