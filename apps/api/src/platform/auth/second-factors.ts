import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SignInMethod } from '@munjigi/contracts';
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import { KeyRing } from '../crypto/key-ring';
import { unwrapAll, wrappingKey } from '../crypto/master-keys';
import { newId } from '../database/uuid';
import { randomCode, readableCode } from './random-code';
import { AuthenticatorApp, RecoveryCode } from './second-factor.entities';
import { tokenHash } from './token';

const ISSUER = 'Munjigi';
const RECOVERY_CODES = 10;
/** Phones' clocks differ: a code of the half minute before or after is taken too. */
const TOLERANCE_SECONDS = 30;
/** What a master key wraps; authenticator apps take secrets of any length. */
const SECRET_BYTES = 32;

/** The second factors of administrators: an authenticator app (TOTP, RFC 6238), and recovery codes. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ring: KeyRing,
  ) {}

  /** Whether somebody has to give a code beside their password. */
  async isOn(administratorId: string, manager: EntityManager = this.dataSource.manager): Promise<boolean> {
    return manager.existsBy(AuthenticatorApp, { administratorId, confirmedAt: Not(IsNull()) });
  }

  /** How many recovery codes somebody has left. */
  async recoveryCodesLeft(administratorId: string): Promise<number> {
    return this.dataSource.getRepository(RecoveryCode).countBy({ administratorId });
  }

  /** Takes a code, and uses it up. @returns how it proved them, or null when it does not fit. */
  async take(administratorId: string, code: string): Promise<SignInMethod | null> {
    return this.dataSource.transaction(async (manager) => {
      const compact = code.replace(/[\s-]/g, '');
      if (/^\d{6}$/.test(compact)) {
        return (await this.takeAppCode(manager, administratorId, compact)) ? 'password+code' : null;
      }
      const codeHash = tokenHash(readableCode(code));
      const { affected } = await manager.delete(RecoveryCode, { administratorId, codeHash });
      return affected === 1 ? 'password+recovery' : null;
    });
  }

  /** Makes a secret for a new app, in place of one that was never confirmed. @returns null when one is in use. */
  async offer(administratorId: string, email: string): Promise<{ secret: string; uri: string } | null> {
    return this.dataSource.transaction(async (manager) => {
      if (await this.isOn(administratorId, manager)) return null;
      const master = await wrappingKey(manager, this.ring);
      const key = randomBytes(SECRET_BYTES);
      const [wrappedSecret] = await master.wrap([{ context: authenticatorAppContext(administratorId), key }]);
      await manager.upsert(
        AuthenticatorApp,
        { administratorId, masterKeyId: master.id, wrappedSecret, confirmedAt: null, lastStep: null },
        ['administratorId'],
      );
      const secret = new ScureBase32Plugin().encode(key, { padding: false });
      key.fill(0);
      return { secret, uri: generateURI({ issuer: ISSUER, label: email, secret }) };
    });
  }

  /** Turns the app on that shows this code, in the caller's transaction. @returns whether it does. */
  async confirm(manager: EntityManager, administratorId: string, code: string): Promise<boolean> {
    const app = await this.lockApp(manager, administratorId);
    if (!app || app.confirmedAt !== null || !(await this.fits(manager, app, code))) return false;
    await manager.update(AuthenticatorApp, { administratorId }, { confirmedAt: new Date() });
    return true;
  }

  /** Makes recovery codes in place of those there were, in the caller's transaction. They are kept nowhere. */
  async renewRecoveryCodes(manager: EntityManager, administratorId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => randomCode(6, 4));
    await manager.delete(RecoveryCode, { administratorId });
    await manager.insert(
      RecoveryCode,
      codes.map((code) => ({ id: newId(), administratorId, codeHash: tokenHash(readableCode(code)) })),
    );
    return codes;
  }

  /** Takes the app and the recovery codes away, in the caller's transaction. @returns whether there were any. */
  async remove(manager: EntityManager, administratorId: string): Promise<boolean> {
    await manager.delete(RecoveryCode, { administratorId });
    const { affected } = await manager.delete(AuthenticatorApp, { administratorId });
    return (affected ?? 0) > 0;
  }

  private async takeAppCode(manager: EntityManager, administratorId: string, code: string): Promise<boolean> {
    const app = await this.lockApp(manager, administratorId);
    return app !== null && app.confirmedAt !== null && (await this.fits(manager, app, code));
  }

  private lockApp(manager: EntityManager, administratorId: string): Promise<AuthenticatorApp | null> {
    return manager.findOne(AuthenticatorApp, {
      where: { administratorId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Notes the code as used: whoever looks over a shoulder has nothing from it. */
  private async fits(manager: EntityManager, app: AuthenticatorApp, code: string): Promise<boolean> {
    const { administratorId, lastStep, masterKeyId, wrappedSecret: wrapped } = app;
    const [secret] = await unwrapAll(this.ring, [
      { context: authenticatorAppContext(administratorId), wrapped, masterKeyId },
    ]);
    const result = verifySync({
      secret: secret as Uint8Array,
      token: code,
      epochTolerance: TOLERANCE_SECONDS,
      ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
    });
    secret?.fill(0);
    if (!result.valid || !('timeStep' in result)) return false;
    await manager.update(AuthenticatorApp, { administratorId }, { lastStep: result.timeStep });
    return true;
  }
}

/** What the secret of somebody's app is bound to when it is wrapped. */
export function authenticatorAppContext(administratorId: string): string {
  return `authenticator-app/${administratorId}`;
}
