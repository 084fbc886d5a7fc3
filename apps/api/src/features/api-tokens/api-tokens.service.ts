import { Injectable } from '@nestjs/common';
import type { CreateApiTokenRequest, apiTokenListSchema, apiTokenWithSecretSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { makeApiToken } from '../../platform/auth/api-token-store';
import { SessionEnds } from '../../platform/auth/session-ends';
import type { SignedIn } from '../../platform/auth/signed-in';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { presentApiToken } from './api-token.presenter';
import { ApiTokensRepository } from './api-tokens.repository';

/** The longest that a token may last. */
const LIFETIME_MAX_MS = 366 * 86_400_000;

/** Tokens for programs: no more than whoever makes one may do. */
@Injectable()
export class ApiTokensService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tokens: ApiTokensRepository,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  /** All, for those who may see the whole organisation's; else one's own. */
  async list(by: SignedIn): Promise<z.input<typeof apiTokenListSchema>> {
    const all = by.access.mayAt('tokens:read', null);
    const records = await this.tokens.list(all ? undefined : by.administratorId);
    return { items: records.map(presentApiToken) };
  }

  /** Makes a token. It is in the answer, this once, and kept nowhere. */
  async create(
    request: CreateApiTokenRequest,
    by: SignedIn,
  ): Promise<z.input<typeof apiTokenWithSecretSchema>> {
    requireScope(by, request);
    const now = new Date();
    const expiresAt = new Date(request.expiresAt);
    requireLifetime(now, expiresAt);
    const { name, permissions, siteIds } = request;
    const { token, ...kept } = makeApiToken();
    const id = newId();
    return this.dataSource.transaction(async (manager) => {
      await this.tokens.insert(manager, {
        ...{ id, name, permissions, siteIds, expiresAt, createdAt: now, ...kept },
        administratorId: by.administratorId,
      });
      const after = { name, permissions, siteIds, expiresAt };
      await this.audit.record(manager, { by, action: 'token/created', subjectId: id, after });
      return { apiToken: presentApiToken(await this.tokens.get(id, manager)), token };
    });
  }

  /** Ends a token at once: one's own, or anybody's for those who may it in the whole organisation. */
  async revoke(id: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { apiToken } = await this.tokens.get(id, manager);
      if (apiToken.administratorId !== by.administratorId) by.access.require('tokens:write', null);
      await this.tokens.remove(manager, id);
      await this.ends.announce(manager, { credentialId: id });
      const before = { name: apiToken.name, permissions: apiToken.permissions, siteIds: apiToken.siteIds };
      await this.audit.record(manager, { by, action: 'token/revoked', subjectId: id, before });
    });
  }
}

function requireScope(by: SignedIn, { permissions, siteIds }: CreateApiTokenRequest): void {
  const holds = (permission: CreateApiTokenRequest['permissions'][number]) =>
    siteIds === null
      ? by.access.may(permission)
      : siteIds.every((siteId) => by.access.mayAt(permission, siteId));
  const missing = permissions.filter((permission) => !holds(permission));
  if (missing.length === 0) return;
  throw new AppError('forbidden', 'tokens/beyond-own-rights', 'This goes beyond your own rights.', {
    detail: `You do not hold ${missing.join(', ')} there yourself, so no token of yours can.`,
  });
}

function requireLifetime(now: Date, expiresAt: Date): void {
  const lifetimeMs = expiresAt.getTime() - now.getTime();
  if (lifetimeMs > 0 && lifetimeMs <= LIFETIME_MAX_MS) return;
  throw new AppError('unprocessable', 'tokens/lifetime', 'A token cannot last so long.', {
    detail: 'Let it end in the future, within 366 days.',
  });
}
