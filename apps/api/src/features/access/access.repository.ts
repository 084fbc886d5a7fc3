import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { AccessGroup } from '../groups/access-group.entity';
import { Door } from '../doors/door.entity';
import { Site } from '../doors/site.entity';
import { AccessRule, type AccessRuleKind } from './access-rule.entity';
import type { World } from './check-documents';
import { StoredOverride } from './door-override.entity';
import { StoredLockdown } from './lockdown.entity';
import { RuleDocuments, type RuleDocument } from './rule-documents';

/** Key of the lock under which the rules are changed: they are checked as a whole. */
const RULES_LOCK = 0x6d6e6a72;
const LIFTED_SHOWN_MAX = 100;

/** The only place that reads and writes the access rules. */
@Injectable()
export class AccessRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Keeps others from changing the rules until the transaction ends. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [RULES_LOCK]);
  }

  async documents(manager: EntityManager = this.dataSource.manager): Promise<RuleDocuments> {
    const rows = await manager.find(AccessRule, { order: { createdAt: 'ASC', id: 'ASC' } });
    return RuleDocuments.read(rows);
  }

  async world(manager: EntityManager = this.dataSource.manager): Promise<World> {
    const sites = await manager.find(Site, { select: { id: true } });
    const doors = await manager.find(Door, { select: { id: true, siteId: true } });
    const groups = await manager.find(AccessGroup, { select: { id: true, siteId: true } });
    return {
      siteIds: new Set(sites.map((site) => site.id)),
      doors: new Map(doors.map((door) => [door.id, door.siteId])),
      groups: new Map(groups.map((group) => [group.id, group.siteId])),
    };
  }

  async put(manager: EntityManager, document: RuleDocument): Promise<void> {
    await manager.upsert(AccessRule, document as never, ['kind', 'id']);
  }

  async delete(manager: EntityManager, kind: AccessRuleKind, id: string): Promise<void> {
    await manager.delete(AccessRule, { kind, id });
  }

  async doors(manager: EntityManager = this.dataSource.manager): Promise<Door[]> {
    return manager.find(Door, { order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async sites(manager: EntityManager = this.dataSource.manager): Promise<Site[]> {
    return manager.find(Site, { order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async groups(manager: EntityManager = this.dataSource.manager): Promise<AccessGroup[]> {
    return manager.find(AccessGroup);
  }

  /** Lockdowns in force, oldest first. */
  async lockdownsInForce(manager: EntityManager = this.dataSource.manager): Promise<StoredLockdown[]> {
    return manager.find(StoredLockdown, {
      where: { liftedAt: IsNull() },
      order: { startedAt: 'ASC', id: 'ASC' },
    });
  }

  /** The newest of those that were lifted. */
  async lockdownsLifted(): Promise<StoredLockdown[]> {
    return this.dataSource.getRepository(StoredLockdown).find({
      where: { liftedAt: Not(IsNull()) },
      order: { startedAt: 'DESC', id: 'DESC' },
      take: LIFTED_SHOWN_MAX,
    });
  }

  async lockLockdown(manager: EntityManager, id: string): Promise<StoredLockdown | null> {
    return manager.findOne(StoredLockdown, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Overrides that still hold. */
  async overrides(
    manager: EntityManager = this.dataSource.manager,
    doorId?: string,
  ): Promise<StoredOverride[]> {
    const where = doorId === undefined ? {} : { doorId };
    return manager.find(StoredOverride, {
      where: [
        { ...where, until: IsNull() },
        { ...where, until: MoreThan(new Date()) },
      ],
    });
  }

  /** Names of people. */
  async peopleNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.dataSource.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM person WHERE id = ANY($1)',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** Groups of those that exist. */
  async existingGroups(manager: EntityManager, ids: readonly string[]): Promise<AccessGroup[]> {
    return ids.length === 0 ? [] : manager.findBy(AccessGroup, { id: In([...ids]) });
  }
}
