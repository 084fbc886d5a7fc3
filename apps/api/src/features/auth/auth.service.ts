import { Injectable } from '@nestjs/common';
import type { LoginRequest, StepUpRequest } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import { AppError } from '../../platform/errors/app-error';
import { Proofs, type Proved } from '../../platform/auth/proofs';
import { SessionStore, type BegunSession, type SignInSource } from '../../platform/auth/session-store';
import type { SignedIn } from '../../platform/auth/signed-in';

/** Signing in and out. */
@Injectable()
export class AuthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionStore,
    private readonly proofs: Proofs,
    private readonly audit: Audit,
  ) {}

  /** Begins a session for the right password and, where it is asked for, code. @throws {AppError} see `Proofs.check` */
  async login(request: LoginRequest, from: SignInSource): Promise<BegunSession> {
    return this.begin(await this.proofs.check(request, from), from);
  }

  /** Begins a session for somebody who has proved who they are. */
  async begin({ administrator, method }: Proved, from: SignInSource): Promise<BegunSession> {
    return this.dataSource.transaction(async (manager) => {
      const session = await this.sessions.begin(manager, administrator, { ...from, method });
      const subjectId = session.sessionId ?? undefined;
      await this.audit.record(manager, {
        by: session,
        action: 'session/begun',
        subjectId,
        details: { method },
      });
      return session;
    });
  }

  /** Makes a sign-in recent again for whoever proves again who they are. @throws {AppError} see `Proofs.check` */
  async stepUp(request: StepUpRequest, by: SignedIn, from: SignInSource): Promise<void> {
    const { method } = await this.proofs.check({ ...request, email: by.email }, from).catch(refuseWithin);
    const { sessionId } = by;
    if (sessionId === null) return;
    await this.dataSource.transaction(async (manager) => {
      await this.sessions.confirm(manager, sessionId);
      await this.audit.record(manager, {
        by,
        action: 'session/confirmed',
        subjectId: sessionId,
        details: { method },
      });
    });
  }

  /** Ends the session, and with it the sockets that it opened. */
  async logout(by: SignedIn): Promise<void> {
    const { sessionId } = by;
    if (sessionId === null) return;
    await this.dataSource.transaction(async (manager) => {
      await this.sessions.end(manager, sessionId);
      await this.audit.record(manager, { by, action: 'session/ended', subjectId: sessionId });
    });
  }
}

/** Who is signed in stays so, whatever they typed: no 401, which would say that they are not. */
function refuseWithin(error: unknown): never {
  if (!(error instanceof AppError) || error.kind !== 'unauthenticated') throw error;
  throw new AppError('forbidden', error.code, error.message, { detail: error.detail });
}
