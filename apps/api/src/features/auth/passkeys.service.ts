import { Injectable } from '@nestjs/common';
import type {
  CreatePasskeyRequest,
  passkeyListSchema,
  passkeyOptionsSchema,
  passkeySchema,
} from '@munjigi/contracts';
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { AuthOptions } from '../../platform/auth/auth-options';
import { Passkey } from '../../platform/auth/passkey.entities';
import type { SignedIn } from '../../platform/auth/signed-in';
import { violatedConstraint } from '../../platform/database/database-errors';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { PasskeyChallenges } from './passkey-challenges';
import { resolveRelyingParty } from './relying-party';
import { presentPasskey } from './session.presenter';

/** One's own passkeys. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: AuthOptions,
    private readonly challenges: PasskeyChallenges,
    private readonly audit: Audit,
  ) {}

  async list(by: SignedIn): Promise<z.input<typeof passkeyListSchema>> {
    return { items: (await this.of(by)).map(presentPasskey) };
  }

  /** What the browser needs to make a key. @param at where it is */
  async offer(by: SignedIn, at: string): Promise<z.input<typeof passkeyOptionsSchema>> {
    const { id: rpID } = resolveRelyingParty(at, this.options);
    const options = await generateRegistrationOptions({
      rpName: 'Munjigi',
      rpID,
      userName: by.email,
      userID: new Uint8Array(Buffer.from(by.administratorId, 'utf8')),
      excludeCredentials: (await this.of(by)).map(({ credentialId: id, transports }) => ({ id, transports })),
      // Found by the device without a name, and of two factors: the device, and its lock.
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const challengeId = await this.challenges.keep(options.challenge, by.administratorId);
    return { challengeId, options: { ...options } };
  }

  /** Keeps the key that the browser made. @throws {AppError} `passkeys/…` */
  async create(
    request: CreatePasskeyRequest,
    by: SignedIn,
    at: string,
  ): Promise<z.input<typeof passkeySchema>> {
    const challenge = await this.challenges.take(request.challengeId, by.administratorId);
    const registered = await this.verify(request.response, challenge, at);
    const passkey = this.dataSource.getRepository(Passkey).create({
      id: newId(),
      administratorId: by.administratorId,
      name: request.name,
      credentialId: registered.credential.id,
      publicKey: Buffer.from(registered.credential.publicKey),
      counter: registered.credential.counter,
      transports: [...(registered.credential.transports ?? [])],
      backedUp: registered.credentialBackedUp,
      createdAt: new Date(),
      lastUsedAt: null,
    });
    await this.change(by, 'account/passkey-added', passkey, async (manager) => {
      await manager.insert(Passkey, passkey).catch((error: unknown) => {
        if (violatedConstraint(error) !== 'passkey_credential_key') throw error;
        throw new AppError('conflict', 'passkeys/known', 'This passkey is registered already.');
      });
    });
    return presentPasskey(passkey);
  }

  /** @throws {AppError} `passkeys/not-found` */
  async rename(id: string, name: string, by: SignedIn): Promise<z.input<typeof passkeySchema>> {
    const passkey = await this.own(id, by);
    await this.change(by, 'account/passkey-renamed', passkey, (manager) =>
      manager.update(Passkey, { id }, { name }),
    );
    return presentPasskey({ ...passkey, name });
  }

  /** @throws {AppError} `passkeys/not-found` */
  async remove(id: string, by: SignedIn): Promise<void> {
    const passkey = await this.own(id, by);
    await this.change(by, 'account/passkey-removed', passkey, (manager) => manager.delete(Passkey, { id }));
  }

  private async verify(response: Record<string, unknown>, expectedChallenge: string, at: string) {
    const { id: expectedRPID, origin: expectedOrigin } = resolveRelyingParty(at, this.options);
    try {
      const verified = await verifyRegistrationResponse({
        // The library checks every part of it, and throws.
        response: response as unknown as RegistrationResponseJSON,
        ...{ expectedChallenge, expectedOrigin, expectedRPID },
        requireUserVerification: true,
      });
      if (verified.verified) return verified.registrationInfo;
    } catch (cause) {
      throw invalid(cause);
    }
    throw invalid();
  }

  private of({ administratorId }: SignedIn): Promise<Passkey[]> {
    return this.dataSource
      .getRepository(Passkey)
      .find({ where: { administratorId }, order: { createdAt: 'ASC' } });
  }

  private async own(id: string, { administratorId }: SignedIn): Promise<Passkey> {
    const passkey = await this.dataSource.getRepository(Passkey).findOneBy({ id, administratorId });
    if (!passkey) throw new AppError('not-found', 'passkeys/not-found', 'There is no such passkey.');
    return passkey;
  }

  private async change(
    by: SignedIn,
    action: `account/${string}`,
    { id, name }: Passkey,
    work: (manager: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await work(manager);
      await this.audit.record(manager, {
        by,
        action,
        subjectId: by.administratorId,
        details: { passkeyId: id, name },
      });
    });
  }
}

function invalid(cause?: unknown): AppError {
  return new AppError('unprocessable', 'passkeys/invalid', 'The device’s answer could not be used.', {
    detail: 'Try again. It must be this console’s own page, and the device must ask for its lock.',
    cause,
  });
}
