import { Injectable } from '@nestjs/common';
import type { PasskeySignInRequest, passkeyOptionsSchema } from '@munjigi/contracts';
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { unknownActor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { Administrator } from '../../platform/auth/administrator.entity';
import { AuthOptions } from '../../platform/auth/auth-options';
import { Passkey } from '../../platform/auth/passkey.entities';
import type { Proved } from '../../platform/auth/proofs';
import type { SignInSource } from '../../platform/auth/session-store';
import { suspended } from '../../platform/auth/sign-in.errors';
import { AppError } from '../../platform/errors/app-error';
import { PasskeyChallenges } from './passkey-challenges';
import { resolveRelyingParty } from './relying-party';

/** Signing in with a passkey alone: the device is one factor, its lock the other. No password, so nothing to guess. */
@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly dataSource: DataSource,
    private readonly authOptions: AuthOptions,
    private readonly challenges: PasskeyChallenges,
    private readonly audit: Audit,
  ) {}

  /** What the browser needs to sign; says nothing of whose keys there are. @param at where it is */
  async options(at: string): Promise<z.input<typeof passkeyOptionsSchema>> {
    const { id: rpID } = resolveRelyingParty(at, this.authOptions);
    const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' });
    return { challengeId: await this.challenges.keep(options.challenge, null), options: { ...options } };
  }

  /** @throws {AppError} `passkeys/challenge-invalid`, `auth/invalid-passkey`, `auth/suspended` */
  async check(request: PasskeySignInRequest, at: string, from: SignInSource): Promise<Proved> {
    const challenge = await this.challenges.take(request.challengeId, null);
    const { id: credentialId } = request.response;
    const passkey =
      typeof credentialId === 'string'
        ? await this.dataSource.getRepository(Passkey).findOneBy({ credentialId })
        : null;
    if (!passkey || !(await this.fits(passkey, request.response, challenge, at))) {
      await this.accountRefusal(passkey, from);
      throw new AppError('unauthenticated', 'auth/invalid-passkey', 'This passkey does not fit.', {
        detail: 'It may have been removed. Sign in with the password.',
      });
    }
    const administrator = await this.dataSource
      .getRepository(Administrator)
      .findOneByOrFail({ id: passkey.administratorId });
    if (administrator.suspendedAt !== null) throw suspended();
    return { administrator, method: 'passkey' };
  }

  private async fits(
    passkey: Passkey,
    response: PasskeySignInRequest['response'],
    expectedChallenge: string,
    at: string,
  ): Promise<boolean> {
    const { id: expectedRPID, origin: expectedOrigin } = resolveRelyingParty(at, this.authOptions);
    const { credentialId: id, counter, transports } = passkey;
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        // The library checks every part of it, and throws.
        response: response as unknown as AuthenticationResponseJSON,
        ...{ expectedChallenge, expectedOrigin, expectedRPID },
        credential: { id, counter, transports, publicKey: new Uint8Array(passkey.publicKey) },
        requireUserVerification: true,
      });
      if (!verified) return false;
      await this.dataSource.getRepository(Passkey).update(
        { id: passkey.id },
        {
          counter: authenticationInfo.newCounter,
          backedUp: authenticationInfo.credentialBackedUp,
          lastUsedAt: new Date(),
        },
      );
      return true;
    } catch {
      return false;
    }
  }

  private async accountRefusal(passkey: Passkey | null, { address }: SignInSource): Promise<void> {
    const by = { ...unknownActor(address ?? 'unknown'), actorId: passkey?.administratorId ?? null };
    const details = { wrong: 'passkey' };
    await this.audit.record(this.dataSource.manager, { by, action: 'session/refused', details });
  }
}
