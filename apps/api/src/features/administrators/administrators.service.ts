import { Injectable } from '@nestjs/common';
import type {
  CreateAdministratorRequest,
  ReplaceGrantsRequest,
  UpdateAdministratorRequest,
  administratorListSchema,
  administratorSchema,
  administratorWithInvitationSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { Administrator } from '../../platform/auth/administrator.entity';
import { Passkey } from '../../platform/auth/passkey.entities';
import { SecondFactors } from '../../platform/auth/second-factors';
import { SessionEnds } from '../../platform/auth/session-ends';
import { SessionStore } from '../../platform/auth/session-store';
import type { SignedIn } from '../../platform/auth/signed-in';
import { violatedConstraint } from '../../platform/database/database-errors';
import { newId } from '../../platform/database/uuid';
import { accountOfGrants, presentAdministrator } from './administrator.presenter';
import { emailTaken, lastOwner, unknownGrant } from './administrators.errors';
import { requireAbove, requireHolding, requireSight } from './administrators.policy';
import {
  AdministratorsRepository,
  type AdministratorRecord,
  type GrantRecord,
} from './administrators.repository';
import { Invitations } from './invitations';

type View = z.input<typeof administratorSchema>;
type ViewWithInvitation = z.input<typeof administratorWithInvitationSchema>;

/** Administrators: who may sign in, and what they may do where. */
@Injectable()
export class AdministratorsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly administrators: AdministratorsRepository,
    private readonly invitations: Invitations,
    private readonly secondFactors: SecondFactors,
    private readonly sessions: SessionStore,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  /** Those who may do something at a site within reach, with what they may do there. */
  async list(by: SignedIn): Promise<z.input<typeof administratorListSchema>> {
    const reach = by.access.reach('administrators:read');
    const records = await this.administrators.list();
    const seen =
      reach === 'everywhere'
        ? records
        : records.filter(({ grants }) =>
            grants.some(({ siteId }) => siteId !== null && reach.includes(siteId)),
          );
    return { items: seen.map((record) => presentAdministrator(record, reach)) };
  }

  /** @throws {AppError} `administrators/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<View> {
    const record = await this.administrators.get(id);
    requireSight(by, record.grants);
    return this.present(record, by);
  }

  /** Invites somebody; the token in the answer is kept nowhere: it is shown this once. */
  async create(request: CreateAdministratorRequest, by: SignedIn): Promise<ViewWithInvitation> {
    return this.change(async (manager) => {
      const grants = await this.resolve(manager, request);
      if (grants.length === 0) by.access.require('administrators:write', null);
      requireHolding(by, grants);
      const id = newId();
      const { email } = request;
      const name = request.name?.normalize('NFC') ?? null;
      await manager
        .insert(Administrator, { id, email, name, createdAt: new Date() })
        .catch((error: unknown) => {
          throw violatedConstraint(error) === 'administrator_email_key' ? emailTaken() : error;
        });
      await this.administrators.replaceGrants(manager, id, grants);
      const invitation = await this.invitations.make(manager, id);
      const after = { email, name, grants: accountOfGrants(grants) };
      await this.audit.record(manager, { by, action: 'administrator/invited', subjectId: id, after });
      return { administrator: this.present(await this.administrators.get(id, manager), by), invitation };
    });
  }

  /** Changes a name, or lets somebody sign in no more, or again. Whoever is suspended is out at once. */
  async update(id: string, request: UpdateAdministratorRequest, by: SignedIn): Promise<View> {
    return this.changeOf(id, by, async (manager, { administrator }) => {
      const { name = administrator.name } = request;
      const before = { name: administrator.name, suspended: administrator.suspendedAt !== null };
      const after = {
        name: name?.normalize('NFC') ?? null,
        suspended: request.suspended ?? before.suspended,
      };
      const suspendedAt = after.suspended ? (administrator.suspendedAt ?? new Date()) : null;
      await manager.update(Administrator, { id }, { name: after.name, suspendedAt });
      if (after.suspended) await this.sessions.endAllOf(manager, id);
      await this.requireOwner(manager);
      await this.audit.record(manager, { by, action: 'administrator/changed', subjectId: id, before, after });
    });
  }

  /** Puts grants in place of all that somebody has; their next request has the new rights. */
  async replaceGrants(id: string, request: ReplaceGrantsRequest, by: SignedIn): Promise<View> {
    return this.changeOf(id, by, async (manager, record) => {
      const grants = await this.resolve(manager, request);
      requireHolding(by, grants);
      await this.administrators.replaceGrants(manager, id, grants);
      await this.requireOwner(manager);
      await this.ends.announce(manager, { administratorId: id });
      await this.audit.record(manager, {
        by,
        action: 'administrator/granted',
        subjectId: id,
        before: { grants: accountOfGrants(record.grants) },
        after: { grants: accountOfGrants(grants) },
      });
    });
  }

  /** Makes a new invitation, for somebody who lost the first or their password; earlier ones end. */
  async invite(id: string, by: SignedIn): Promise<ViewWithInvitation> {
    return this.change(async (manager) => {
      requireAbove(by, id, (await this.administrators.get(id, manager)).grants);
      const invitation = await this.invitations.make(manager, id);
      await this.audit.record(manager, { by, action: 'administrator/invited', subjectId: id });
      return { administrator: this.present(await this.administrators.get(id, manager), by), invitation };
    });
  }

  /** Takes the authenticator app and the passkeys of somebody who lost them, and signs them out everywhere. */
  async removeSecondFactor(id: string, by: SignedIn): Promise<void> {
    await this.changeOf(id, by, async (manager) => {
      await this.secondFactors.remove(manager, id);
      await manager.delete(Passkey, { administratorId: id });
      await this.sessions.endAllOf(manager, id);
      await this.audit.record(manager, { by, action: 'administrator/second-factor-removed', subjectId: id });
    });
  }

  /** Deletes somebody, their sessions and their tokens. The account keeps what they did. */
  async remove(id: string, by: SignedIn): Promise<void> {
    await this.change(async (manager) => {
      const record = await this.administrators.get(id, manager);
      requireAbove(by, id, record.grants);
      await this.ends.announce(manager, { administratorId: id });
      await manager.delete(Administrator, { id });
      await this.requireOwner(manager);
      const before = { email: record.administrator.email, grants: accountOfGrants(record.grants) };
      await this.audit.record(manager, { by, action: 'administrator/deleted', subjectId: id, before });
    });
  }

  private async changeOf(
    id: string,
    by: SignedIn,
    work: (manager: EntityManager, record: AdministratorRecord) => Promise<void>,
  ): Promise<View> {
    return this.change(async (manager) => {
      const record = await this.administrators.get(id, manager);
      requireAbove(by, id, record.grants);
      await work(manager, record);
      return this.present(await this.administrators.get(id, manager), by);
    });
  }

  private change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(manager);
      return work(manager);
    });
  }

  private async resolve(manager: EntityManager, { grants }: ReplaceGrantsRequest): Promise<GrantRecord[]> {
    return (await this.administrators.resolve(manager, grants)).map((grant) => {
      if (grant === 'role' || grant === 'site') throw unknownGrant(grant);
      return grant;
    });
  }

  private async requireOwner(manager: EntityManager): Promise<void> {
    if ((await this.administrators.countOwners(manager)) === 0) throw lastOwner();
  }

  private present(record: AdministratorRecord, by: SignedIn): View {
    return presentAdministrator(record, by.access.reach('administrators:read'));
  }
}
