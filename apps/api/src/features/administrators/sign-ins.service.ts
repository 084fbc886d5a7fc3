import { Injectable } from '@nestjs/common';
import type { signInSessionListSchema } from '@munjigi/contracts';
import { DataSource, MoreThan } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { AuthOptions } from '../../platform/auth/auth-options';
import { Session } from '../../platform/auth/session.entity';
import { SessionStore } from '../../platform/auth/session-store';
import type { SignedIn } from '../../platform/auth/signed-in';
import { AppError } from '../../platform/errors/app-error';
import { presentSignIn } from './administrator.presenter';
import { requireAbove, requireSight } from './administrators.policy';
import { AdministratorsRepository } from './administrators.repository';

type ListView = z.input<typeof signInSessionListSchema>;

/** The sign-ins of oneself and of others: seen, and ended. */
@Injectable()
export class SignInsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: AuthOptions,
    private readonly administrators: AdministratorsRepository,
    private readonly sessions: SessionStore,
    private readonly audit: Audit,
  ) {}

  /** One's own, the last used first. */
  async listOwn(by: SignedIn): Promise<ListView> {
    return this.listOf(by.administratorId, by);
  }

  /** Ends one of one's own. @throws {AppError} `sessions/not-found` */
  async endOwn(sessionId: string, by: SignedIn): Promise<void> {
    await this.end(by.administratorId, sessionId, by);
  }

  /** Ends all of one's own but the one that asks. */
  async endOwnOthers(by: SignedIn): Promise<void> {
    await this.endAll(by.administratorId, by, by.sessionId ?? undefined);
  }

  /** @throws {AppError} `administrators/not-found`, `auth/forbidden` */
  async list(administratorId: string, by: SignedIn): Promise<ListView> {
    requireSight(by, (await this.administrators.get(administratorId)).grants);
    return this.listOf(administratorId, by);
  }

  /** Signs somebody out everywhere. @throws {AppError} `administrators/…`, `auth/forbidden` */
  async endAllOf(administratorId: string, by: SignedIn): Promise<void> {
    requireAbove(by, administratorId, (await this.administrators.get(administratorId)).grants);
    await this.endAll(administratorId, by);
  }

  /** Signs somebody out in one place. @throws {AppError} `administrators/…`, `sessions/not-found` */
  async endOf(administratorId: string, sessionId: string, by: SignedIn): Promise<void> {
    requireAbove(by, administratorId, (await this.administrators.get(administratorId)).grants);
    await this.end(administratorId, sessionId, by);
  }

  private async listOf(administratorId: string, by: SignedIn): Promise<ListView> {
    const now = Date.now();
    const sessions = await this.dataSource.getRepository(Session).find({
      where: {
        administratorId,
        expiresAt: MoreThan(new Date(now)),
        lastSeenAt: MoreThan(new Date(now - this.options.sessionIdleMs)),
      },
      order: { lastSeenAt: 'DESC', id: 'DESC' },
    });
    return { items: sessions.map((session) => presentSignIn(session, by.sessionId)) };
  }

  private async end(administratorId: string, sessionId: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const found = await manager.findOneBy(Session, { id: sessionId, administratorId });
      if (!found) throw new AppError('not-found', 'sessions/not-found', 'There is no such sign-in.');
      await this.sessions.end(manager, sessionId);
      const details = { administratorId };
      await this.audit.record(manager, { by, action: 'session/revoked', subjectId: sessionId, details });
    });
  }

  private async endAll(administratorId: string, by: SignedIn, exceptSessionId?: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const sessions = await this.sessions.endAllOf(manager, administratorId, exceptSessionId);
      const details = { sessions };
      await this.audit.record(manager, {
        by,
        action: 'session/all-revoked',
        subjectId: administratorId,
        details,
      });
    });
  }
}
