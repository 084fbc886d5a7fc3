import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { afterCommit } from '../database/after-commit';
import { isReachStale, REACH_REVISIONS, refreshReach, unreachedSince } from './door-reach';
import { FEED_PAGE, WHOLE_PAGE } from './feed-page';

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
  /** Groups that a person has left with this change. */
  readonly leftGroupIds?: readonly string[];
}

/** People who were revoked together. */
export interface Revocation {
  /** A reader of the feed who has this revision knows of it. */
  readonly revision: number;
  readonly personIds: readonly string[];
  /** The only door that it is for; not given: for all. */
  readonly doorId?: string;
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
    const recorded = Number(head.revision);
    const first = recorded - changes.length + 1;
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
    const reached = changes.some(({ family }) => family === 'rules' || family === 'door')
      ? await refreshReach(manager)
      : null;
    const last = reached ?? recorded;
    const revocations = await this.revocationsOf(manager, changes, { last, reached });
    if (revocations.length > 0) {
      afterCommit(manager, () => {
        for (const revocation of revocations) {
          for (const listener of this.revocationListeners) listener(revocation);
        }
      });
    }
    afterCommit(manager, () => this.listeners.forEach((listener) => listener(last)));
  }

  /** Brings right which people doors are sent, where rules were written without being recorded here. */
  async ensureReach(): Promise<void> {
    // Nearly always there is nothing to do, and no reason to wait for writers.
    if (!(await isReachStale(this.dataSource.manager))) return;
    await this.dataSource.transaction((manager) => this.record(manager, [RULES_CHANGE]));
  }

  /** Those whom no door may let in any longer, and those who have lost their way through some. */
  private async revocationsOf(
    manager: EntityManager,
    changes: readonly ChangeOf[],
    { last, reached }: { last: number; reached: number | null },
  ): Promise<Revocation[]> {
    const personIds = changes.filter(({ revoked }) => revoked).map(({ entityId }) => entityId);
    const left = changes.flatMap(({ entityId, leftGroupIds = [] }) =>
      leftGroupIds.map((groupId) => ({ personId: entityId, groupId })),
    );
    const since = reached === null ? null : reached - REACH_REVISIONS + 1;
    const unreached = await unreachedSince(manager, { revision: since, left });
    return [
      ...(personIds.length > 0 ? [{ revision: last, personIds }] : []),
      ...unreached.map((each) => ({ revision: last, ...each })),
    ];
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
   * The end of the feed, and a text that is the same for doors whom the same groups reach since the same revisions.
   * Both are of one moment.
   */
  async standing(
    doorId: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<{ headRevision: number; reach: string }> {
    const [row] = await manager.query<[{ revision: number; reach: string }]>(
      `SELECT revision::float8 AS revision, (
         SELECT coalesce(md5(string_agg(concat_ws(' ', group_id, reaches, revision), ',' ORDER BY group_id)), '')
         FROM door_reach WHERE door_id = $1) AS reach
       FROM change_head WHERE id = 1`,
      [doorId],
    );
    return { headRevision: row.revision, reach: row.reach };
  }

  /**
   * The changes after a revision that concern one door, or, without a door, all but what is of doors alone.
   *
   * To read the entities as they were at the page's end, call it in a transaction with repeatable reads.
   *
   * @param limit of the changes in the page, at least 1; a few more where changes share the last revision
   * @param emptyThrough up to where the door holds nothing that could be gone; what went before is left out
   */
  async page(
    manager: EntityManager,
    {
      afterRevision,
      limit,
      doorId,
      emptyThrough = 0,
    }: { afterRevision: number; limit: number; doorId: string | null; emptyThrough?: number },
  ): Promise<FeedPage> {
    const [head] = await manager.query<[{ revision: string; base_revision: string }]>(
      'SELECT revision, base_revision FROM change_head WHERE id = 1',
    );
    const headRevision = Number(head.revision);
    const foreign = afterRevision > headRevision || afterRevision < Number(head.base_revision);
    if (afterRevision !== 0 && foreign) {
      return { reset: true, entries: [], throughRevision: 0, headRevision };
    }
    const rows =
      doorId === null
        ? await manager.query<RawEntry[]>(WHOLE_PAGE, [afterRevision, limit, headRevision])
        : await manager.query<RawEntry[]>(FEED_PAGE, [
            ...[afterRevision, doorId, limit, headRevision, emptyThrough],
          ]);
    // Up to here nothing is missing: of what shares a revision all is taken.
    const throughRevision = Math.min(
      headRevision,
      rows[0]?.boundRevision ?? headRevision,
      rows[limit - 1]?.revision ?? headRevision,
    );
    const entries = rows.flatMap(({ family, entity_id: entityId, revision, deleted, isReached }) =>
      family === null || revision > throughRevision
        ? []
        : [{ family, entityId, revision, deleted: deleted || !isReached }],
    );
    return { reset: false, entries, throughRevision, headRevision };
  }
}

interface RawEntry {
  /** Null: there is no entry. */
  readonly family: ChangeFamily | null;
  readonly entity_id: string;
  readonly revision: number;
  readonly deleted: boolean;
  readonly isReached: boolean;
  readonly boundRevision: number | null;
}
