import { Injectable } from '@nestjs/common';
import type { LoginRequest, sessionSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { unknownActor } from '../../platform/audit/actor';
import { Administrator } from '../../platform/auth/administrator.entity';
import { KnownBrowsers } from '../../platform/auth/known-browsers';
import { passwordFits } from '../../platform/auth/passwords';
import { SessionStore, type BegunSession, type SignInSource } from '../../platform/auth/session-store';
import { invalidCredentials, suspended } from '../../platform/auth/sign-in.errors';
import { SignInThrottle } from '../../platform/auth/sign-in-throttle';
import type { SignedIn } from '../../platform/auth/signed-in';

/** Signing in and out. */
@Injectable()
export class AuthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionStore,
    private readonly browsers: KnownBrowsers,
    private readonly throttle: SignInThrottle,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins a session for the right password. An unknown address and a wrong password look the same and take the same
   * time.
   *
   * @throws {AppError} `auth/invalid-credentials`, `auth/suspended`, `auth/too-many-attempts`
   */
  async login({ email, password }: LoginRequest, from: SignInSource): Promise<BegunSession> {
    const administrator = await this.dataSource.getRepository(Administrator).findOne({
      where: { email },
      select: { id: true, email: true, passwordHash: true, suspendedAt: true },
    });
    const { address } = from;
    const browserId = await this.browsers.find(from.browserToken, administrator?.id ?? null);
    const attempt = await this.throttle.begin({ email, address, browserId });
    if (!(await passwordFits(administrator?.passwordHash ?? null, password)) || !administrator) {
      await this.audit.record(this.dataSource.manager, {
        by: {
          ...unknownActor(address ?? 'unknown'),
          actorId: administrator?.id ?? null,
          actorName: administrator?.email ?? '',
        },
        action: 'session/refused',
      });
      throw invalidCredentials();
    }
    await attempt.succeed();
    if (administrator.suspendedAt !== null) throw suspended();
    return this.dataSource.transaction(async (manager) => {
      const session = await this.sessions.begin(manager, administrator, { ...from, method: 'password' });
      await this.audit.record(manager, {
        by: session,
        action: 'session/begun',
        subjectId: session.sessionId ?? undefined,
      });
      return session;
    });
  }

  /** Ends the session, and with it the sockets that it opened. */
  async logout(session: SignedIn): Promise<void> {
    const { sessionId } = session;
    if (sessionId === null) return;
    await this.dataSource.transaction(async (manager) => {
      await this.sessions.end(manager, sessionId);
      await this.audit.record(manager, { by: session, action: 'session/ended', subjectId: sessionId });
    });
  }
}

/** A session as the wire has it. */
export function presentSession(session: SignedIn): z.input<typeof sessionSchema> {
  return {
    administrator: { id: session.administratorId, email: session.email },
    expiresAt: session.expiresAt.toISOString(),
    permissions: session.access.all().map(({ permission, sites }) => ({
      permission,
      sites: sites === 'everywhere' ? null : [...sites],
    })),
  };
}
