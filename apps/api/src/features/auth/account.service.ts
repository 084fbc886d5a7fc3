import { Injectable } from '@nestjs/common';
import type { ChangePasswordRequest, accountSchema, secondFactorOfferSchema } from '@munjigi/contracts';
import { toDataURL } from 'qrcode';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { Administrator } from '../../platform/auth/administrator.entity';
import { requireGoodPassword } from '../../platform/auth/password-rules';
import { OwnPassword } from '../../platform/auth/own-password';
import { hashPassword } from '../../platform/auth/passwords';
import { SecondFactors } from '../../platform/auth/second-factors';
import { SessionStore, type SignInSource } from '../../platform/auth/session-store';
import type { SignedIn } from '../../platform/auth/signed-in';
import { AppError } from '../../platform/errors/app-error';

/** One's own account: password and second factor. */
@Injectable()
export class AccountService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionStore,
    private readonly ownPassword: OwnPassword,
    private readonly secondFactors: SecondFactors,
    private readonly audit: Audit,
  ) {}

  async get(by: SignedIn): Promise<z.input<typeof accountSchema>> {
    const { administratorId } = by;
    const { id, email, name } = await this.dataSource
      .getRepository(Administrator)
      .findOneByOrFail({ id: administratorId });
    const secondFactor = await this.secondFactors.isOn(administratorId);
    const recoveryCodesLeft = await this.secondFactors.recoveryCodesLeft(administratorId);
    return { id, email, name, secondFactor, recoveryCodesLeft };
  }

  /**
   * Changes the password and ends every other session.
   *
   * @throws {AppError} `auth/wrong-password`, `auth/too-many-attempts`, `password/…`
   */
  async changePassword(request: ChangePasswordRequest, by: SignedIn, from: SignInSource): Promise<void> {
    const { administratorId: id, email, sessionId } = by;
    await this.ownPassword.check({ id, email, password: request.currentPassword }, from);
    requireGoodPassword(request.newPassword, email);
    const passwordHash = await hashPassword(request.newPassword);
    await this.dataSource.transaction(async (manager) => {
      await manager.update(
        Administrator,
        { id },
        { passwordHash, invitationHash: null, invitationExpiresAt: null },
      );
      await this.sessions.endAllOf(manager, id, sessionId ?? undefined);
      await this.audit.record(manager, { by, action: 'account/password-changed', subjectId: id });
    });
  }

  /** Makes the secret of an authenticator app. It is asked for once a first code has confirmed it. */
  async offerSecondFactor(by: SignedIn): Promise<z.input<typeof secondFactorOfferSchema>> {
    const offer = await this.secondFactors.offer(by.administratorId, by.email);
    if (!offer) {
      throw new AppError('conflict', 'account/second-factor-on', 'There is an authenticator app already.', {
        detail: 'Remove it first.',
      });
    }
    return { ...offer, qr: await toDataURL(offer.uri, { margin: 1, scale: 6 }) };
  }

  /** Turns the second factor on. The recovery codes in the answer are kept nowhere. */
  async confirmSecondFactor(code: string, by: SignedIn): Promise<{ codes: string[] }> {
    return this.change(by, 'account/second-factor-added', async (manager) => {
      if (!(await this.secondFactors.confirm(manager, by.administratorId, code))) {
        throw new AppError('unprocessable', 'account/code-wrong', 'This code does not fit.', {
          detail:
            'Look at the app again. If no code fits, check that the clocks of phone and server are right.',
        });
      }
      return { codes: await this.secondFactors.renewRecoveryCodes(manager, by.administratorId) };
    });
  }

  async removeSecondFactor(by: SignedIn): Promise<void> {
    await this.change(by, 'account/second-factor-removed', (manager) =>
      this.secondFactors.remove(manager, by.administratorId),
    );
  }

  /** Makes new recovery codes; the old ones end. @throws {AppError} `account/second-factor-off` */
  async renewRecoveryCodes(by: SignedIn): Promise<{ codes: string[] }> {
    return this.change(by, 'account/recovery-codes-renewed', async (manager) => {
      if (!(await this.secondFactors.isOn(by.administratorId, manager))) {
        throw new AppError('conflict', 'account/second-factor-off', 'There is no authenticator app.', {
          detail: 'Recovery codes stand in for one. Add it first.',
        });
      }
      return { codes: await this.secondFactors.renewRecoveryCodes(manager, by.administratorId) };
    });
  }

  private change<T>(
    by: SignedIn,
    action: `account/${string}`,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const result = await work(manager);
      await this.audit.record(manager, { by, action, subjectId: by.administratorId });
      return result;
    });
  }
}
