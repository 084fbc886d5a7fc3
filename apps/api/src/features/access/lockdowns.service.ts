import { Injectable } from '@nestjs/common';
import type {
  LockdownRequest,
  LockdownScope,
  keptLockdownSchema,
  lockdownListSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import { AccessDocuments } from './access-documents.service';
import { notFound, unusable } from './access-errors';
import { AccessRepository } from './access.repository';
import { StoredLockdown } from './lockdown.entity';
import { lockdownView } from './rule-sets.service';

type LockdownView = z.input<typeof keptLockdownSchema>;

/** Lockdowns: doors that are locked for all but the exempt, from one request until they are lifted. */
@Injectable()
export class LockdownsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: AccessRepository,
    private readonly documents: AccessDocuments,
    private readonly audit: Audit,
  ) {}

  /** Those that close a door which somebody may see: in force first, then the newest that were lifted. */
  async list(by: SignedIn): Promise<z.input<typeof lockdownListSchema>> {
    const { doors } = await this.access.world();
    const visible = (row: StoredLockdown) =>
      sitesOf(row.scope, doors).some((siteId) => by.access.mayAt('doors:read', siteId));
    const rows = [...(await this.access.lockdownsInForce()), ...(await this.access.lockdownsLifted())];
    return { items: rows.filter(visible).map(present) };
  }

  /** @throws {AppError} `auth/forbidden` when it may not be done at each of the sites, `access/unusable` */
  async start(
    { scope, exemptGroupIds, exemptPersonIds, reason }: LockdownRequest,
    by: SignedIn,
  ): Promise<LockdownView> {
    return this.dataSource.transaction(async (manager) => {
      await this.access.lock(manager);
      const siteIds = await this.check(manager, scope, exemptGroupIds);
      for (const siteId of siteIds) by.access.require('lockdown:operate', siteId);
      const lockdown = manager.create(StoredLockdown, {
        id: newId(),
        scope,
        exemptGroupIds,
        exemptPersonIds,
        note: reason,
        startedAt: new Date(),
        startedBy: by.actorName,
        liftedAt: null,
        liftedBy: null,
      });
      await manager.insert(StoredLockdown, lockdown);
      await this.account(manager, 'lockdown/started', lockdown, siteIds, { by, reason });
      await this.documents.tell(manager);
      return present(lockdown);
    });
  }

  /** Lifts a lockdown; one that is lifted already stays as it is. @throws {AppError} `access/not-found`, `auth/forbidden` */
  async lift(id: string, reason: string, by: SignedIn): Promise<LockdownView> {
    return this.dataSource.transaction(async (manager) => {
      await this.access.lock(manager);
      const lockdown = await this.access.lockLockdown(manager, id);
      if (!lockdown) throw notFound('lockdown');
      const siteIds = sitesOf(lockdown.scope, (await this.access.world(manager)).doors);
      for (const siteId of siteIds) by.access.require('lockdown:operate', siteId);
      if (lockdown.liftedAt !== null) return present(lockdown);
      const lifted = { liftedAt: new Date(), liftedBy: by.actorName };
      await manager.update(StoredLockdown, { id }, lifted);
      await this.account(manager, 'lockdown/lifted', lockdown, siteIds, { by, reason });
      await this.documents.tell(manager);
      return present({ ...lockdown, ...lifted });
    });
  }

  private async check(
    manager: EntityManager,
    scope: LockdownScope,
    exemptGroupIds: readonly string[],
  ): Promise<string[]> {
    const { siteIds, doors, groups } = await this.access.world(manager);
    const missing =
      scope.kind === 'site'
        ? [scope.siteId]
            .filter((id) => !siteIds.has(id))
            .map((id) => ({ path: 'scope.siteId', message: `${id} is no site` }))
        : scope.doorIds
            .filter((id) => !doors.has(id))
            .map((id) => ({ path: 'scope.doorIds', message: `${id} is no door` }));
    const strangers = exemptGroupIds
      .filter((id) => !groups.has(id))
      .map((id) => ({ path: 'exemptGroupIds', message: `${id} is no group` }));
    if (missing.length + strangers.length > 0) throw unusable([...missing, ...strangers]);
    return sitesOf(scope, doors);
  }

  private async account(
    manager: EntityManager,
    action: `lockdown/${string}`,
    { id, scope, exemptGroupIds, exemptPersonIds }: StoredLockdown,
    siteIds: readonly string[],
    { by, reason }: { by: SignedIn; reason: string },
  ): Promise<void> {
    for (const siteId of siteIds) {
      const details = { scope, exemptGroupIds, exemptPersonIds };
      await this.audit.record(manager, { by, action, subjectId: id, siteId, reason, details });
    }
  }
}

/** The sites of the doors that a lockdown closes. */
function sitesOf(scope: LockdownScope, doors: ReadonlyMap<string, string>): string[] {
  if (scope.kind === 'site') return [scope.siteId];
  return [...new Set(scope.doorIds.flatMap((id) => doors.get(id) ?? []))];
}

function present(row: StoredLockdown): LockdownView {
  const { startedBy, liftedAt, liftedBy } = row;
  return { ...lockdownView(row), startedBy, liftedAt: liftedAt?.toISOString() ?? null, liftedBy };
}
