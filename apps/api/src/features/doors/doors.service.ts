import { Injectable } from '@nestjs/common';
import type {
  CreateDoorRequest,
  UpdateDoorRequest,
  doorListSchema,
  doorSchema,
  doorWithTokenSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newToken, tokenHash } from '../../platform/auth/token';
import { ChangeFeed, RULES_CHANGE } from '../../platform/change-feed/change-feed';
import { afterCommit } from '../../platform/database/after-commit';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { LiveBus } from '../../platform/realtime/live-bus';
import { AgentTokens } from './agent-tokens';
import { Door } from './door.entity';
import { presentDoor } from './door.presenter';
import { DoorsRepository } from './doors.repository';

type DoorView = z.input<typeof doorSchema>;
type DoorWithTokenView = z.input<typeof doorWithTokenSchema>;

/** Doors: what is wanted of them, and what is known of them. */
@Injectable()
export class DoorsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly bus: LiveBus,
    private readonly tokens: AgentTokens,
  ) {}

  /** The doors that somebody may see. */
  async list(by: SignedIn): Promise<z.input<typeof doorListSchema>> {
    const records = await this.doors.list(by.access.reach('doors:read'));
    return { items: records.map(presentDoor) };
  }

  /** @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<DoorView> {
    const record = await this.doors.get(id);
    by.access.require('doors:read', record.door.siteId);
    return presentDoor(record);
  }

  /** The sites of those of the doors that exist. */
  async sitesOf(doorIds: readonly string[]): Promise<string[]> {
    return this.doors.sitesOf(doorIds);
  }

  /** A door as it is, for those whose right to see it was checked. */
  async describe(id: string): Promise<DoorView> {
    return presentDoor(await this.doors.get(id));
  }

  /** Makes a door. The token in the answer is kept nowhere: it is shown this once. */
  async create(request: CreateDoorRequest, by: SignedIn): Promise<DoorWithTokenView> {
    const { token, hash } = makeAgentToken();
    return this.dataSource.transaction(async (manager) => {
      const site = await this.doors.defaultSite(manager);
      by.access.require('doors:write', site.id);
      const now = new Date();
      const door = manager.create(Door, {
        id: newId(),
        siteId: site.id,
        name: request.name,
        settings: request.settings ?? {},
        agentTokenHash: hash,
        pairedAt: null,
        agentVersion: null,
        agentProtocol: null,
        refusedProtocol: null,
        clockOffsetMs: null,
        nodeId: null,
        lock: null,
        ...{ cameraFault: null, cameraFaultKind: null, condition: null },
        ...{ disk: null, health: null },
        lastSeenAt: null,
        createdAt: now,
        updatedAt: now,
      });
      await manager.insert(Door, door);
      await this.audit.record(manager, {
        by,
        action: 'door/created',
        subjectId: door.id,
        siteId: site.id,
        after: { name: door.name, settings: door.settings },
      });
      await this.tell(manager, door.id);
      return { door: presentDoor(await this.doors.get(door.id, manager)), agentToken: token };
    });
  }

  async update(id: string, request: UpdateDoorRequest, by: SignedIn): Promise<DoorView> {
    return this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, id);
      by.access.require('doors:write', door.siteId);
      await manager.update(
        Door,
        { id },
        {
          name: request.name ?? door.name,
          settings: { ...door.settings, ...request.settings },
          updatedAt: new Date(),
        },
      );
      const record = await this.doors.get(id, manager);
      await this.audit.record(manager, {
        by,
        action: 'door/changed',
        subjectId: id,
        siteId: door.siteId,
        before: { name: door.name, settings: door.settings },
        after: { name: record.door.name, settings: record.door.settings },
      });
      await this.tell(manager, id);
      return presentDoor(record);
    });
  }

  /**
   * Gives a door a new token; the old one ends, and with it the connection that was made with it.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/paired`
   */
  async replaceAgentToken(id: string, by: SignedIn): Promise<DoorWithTokenView> {
    const { token, hash } = makeAgentToken();
    return this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, id);
      by.access.require('doors:write', door.siteId);
      if (door.pairedAt !== null) throw doorIsPaired();
      await manager.update(Door, { id }, { agentTokenHash: hash, updatedAt: new Date() });
      await this.audit.record(manager, {
        by,
        action: 'door/token-replaced',
        subjectId: id,
        siteId: door.siteId,
      });
      afterCommit(manager, () => this.tokens.replaced(id));
      return { door: presentDoor(await this.doors.get(id, manager)), agentToken: token };
    });
  }

  private async tell(manager: EntityManager, doorId: string): Promise<void> {
    afterCommit(manager, () => this.bus.send('door', { doorId }));
    // How long a door unlocks is in its rules too.
    await this.changes.record(manager, [{ family: 'door', entityId: doorId, deleted: false }, RULES_CHANGE]);
  }
}

/** A token for a door that is let in by its key. */
function doorIsPaired(): AppError {
  return new AppError('conflict', 'doors/paired', 'This door is let in by a key, and by no token any more.', {
    detail: 'Make a pairing code for it, and pair the device again.',
  });
}

function makeAgentToken(): { token: string; hash: Buffer } {
  const token = `mnj_agent_${newToken()}`;
  return { token, hash: tokenHash(token) };
}
