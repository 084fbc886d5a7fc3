import { Injectable } from '@nestjs/common';
import type { DoorRulesRequest, OverrideRequest, keptDoorRulesSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorsRepository } from '../doors/doors.repository';
import { AccessDocuments } from './access-documents.service';
import { AccessRepository } from './access.repository';
import { StoredOverride } from './door-override.entity';
import { overrideView, RuleSets } from './rule-sets.service';

type DoorRulesView = z.input<typeof keptDoorRulesSchema>;

/** What holds for one door, and how somebody set it for a time. */
@Injectable()
export class DoorAccessService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly access: AccessRepository,
    private readonly documents: AccessDocuments,
    private readonly sets: RuleSets,
    private readonly audit: Audit,
  ) {}

  /** @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async get(doorId: string, by: SignedIn): Promise<DoorRulesView> {
    const { door } = await this.doors.get(doorId);
    by.access.require('doors:read', door.siteId);
    const { doors, lockdowns, overrides } = await this.sets.ofDoor(doorId);
    const rules = doors.find(({ id }) => id === doorId)?.rules;
    return { rules: rules as DoorRulesView['rules'], lockdowns, overrides };
  }

  /** @throws {AppError} `doors/not-found`, `auth/forbidden`, `access/unusable` */
  async setRules(doorId: string, rules: DoorRulesRequest, by: SignedIn): Promise<DoorRulesView> {
    const { door } = await this.doors.get(doorId);
    by.access.require('access:write', door.siteId);
    const owner = { kind: 'door' as const, id: door.id, name: door.name, siteId: door.siteId };
    await this.documents.set(owner, rules, by);
    return this.get(doorId, by);
  }

  /** Sets a door for a time, or ends that. @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async override(doorId: string, request: OverrideRequest, by: SignedIn): Promise<DoorRulesView> {
    const { priority, state, forMs, reason } = request;
    await this.dataSource.transaction(async (manager) => {
      await this.access.lock(manager);
      const { siteId } = await this.doors.lock(manager, doorId);
      by.access.require(priority === 'emergency' ? 'lockdown:operate' : 'doors:operate', siteId);
      const [before] = (await this.access.overrides(manager, doorId)).filter(
        (row) => row.priority === priority,
      );
      const now = new Date();
      const until = forMs === null ? null : new Date(now.getTime() + forMs);
      await manager.delete(StoredOverride, { doorId, priority });
      if (state !== 'normal')
        await manager.insert(StoredOverride, {
          doorId,
          priority,
          state,
          until,
          setAt: now,
          setBy: by.actorName,
        });
      await this.audit.record(manager, {
        by,
        action: 'door/overridden',
        subjectId: doorId,
        siteId,
        before: before && { ...overrideView(before) },
        after: { priority, state, until: until?.toISOString() ?? null },
        reason,
      });
      await this.documents.tell(manager);
    });
    return this.get(doorId, by);
  }
}
