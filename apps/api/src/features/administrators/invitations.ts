import { Injectable } from '@nestjs/common';
import type { AcceptInvitationRequest } from '@munjigi/contracts';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import { Administrator } from '../../platform/auth/administrator.entity';
import { requireGoodPassword } from '../../platform/auth/password-rules';
import { hashPassword } from '../../platform/auth/passwords';
import { suspended } from '../../platform/auth/sign-in.errors';
import { SessionStore, type BegunSession, type SignInSource } from '../../platform/auth/session-store';
import { newToken, tokenHash } from '../../platform/auth/token';
import { AppError } from '../../platform/errors/app-error';

/** How long an invitation can be used. */
const INVITATION_MS = 72 * 3_600_000;

/** Links that let somebody set their password, each once. */
@Injectable()
export class Invitations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionStore,
    private readonly audit: Audit,
  ) {}

  /** Makes an invitation in the caller's transaction; earlier ones of the same administrator end. */
  async make(manager: EntityManager, administratorId: string): Promise<{ token: string; expiresAt: string }> {
    const token = newToken();
    const invitationExpiresAt = new Date(Date.now() + INVITATION_MS);
    await manager.update(
      Administrator,
      { id: administratorId },
      { invitationHash: tokenHash(token), invitationExpiresAt },
    );
    return { token, expiresAt: invitationExpiresAt.toISOString() };
  }

  /**
   * Sets the password, ends every session that there was, and begins one. The invitation is used up.
   *
   * @throws {AppError} `auth/invitation-invalid`, `password/…`
   */
  async accept(request: AcceptInvitationRequest, from: SignInSource): Promise<BegunSession> {
    const invitationHash = tokenHash(request.token);
    const invited = await this.dataSource.getRepository(Administrator).findOneBy(open(invitationHash));
    if (!invited) throw invitationInvalid();
    requireGoodPassword(request.password, invited.email);
    const passwordHash = await hashPassword(request.password);
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(Administrator, open(invitationHash), {
        passwordHash,
        invitationHash: null,
        invitationExpiresAt: null,
      });
      if (affected !== 1) throw invitationInvalid();
      if (invited.suspendedAt !== null) throw suspended();
      await this.sessions.endAllOf(manager, invited.id);
      const session = await this.sessions.begin(manager, invited, { ...from, method: 'invitation' });
      await this.audit.record(manager, {
        by: session,
        action: 'administrator/password-set',
        subjectId: invited.id,
      });
      return session;
    });
  }
}

const open = (invitationHash: Buffer) => ({ invitationHash, invitationExpiresAt: MoreThan(new Date()) });

const invitationInvalid = () =>
  new AppError('unauthenticated', 'auth/invitation-invalid', 'This invitation cannot be used.', {
    detail: 'It was used already, replaced by a newer one, or is too old. Ask for a new one.',
  });
