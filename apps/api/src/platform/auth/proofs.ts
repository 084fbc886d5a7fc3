import { Injectable } from '@nestjs/common';
import type { SignInMethod } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import { unknownActor } from '../audit/actor';
import { Audit } from '../audit/audit';
import { Administrator } from './administrator.entity';
import { KnownBrowsers } from './known-browsers';
import { passwordFits } from './passwords';
import { SecondFactors } from './second-factors';
import type { SignInSource } from './session-store';
import { invalidCredentials, invalidSecondFactor, secondFactorRequired, suspended } from './sign-in.errors';
import { SignInThrottle } from './sign-in-throttle';

/** What somebody says to be themselves. */
export interface Proof {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
}

/** Somebody who has proved who they are. */
export interface Proved {
  readonly administrator: Pick<Administrator, 'id' | 'email'>;
  readonly method: SignInMethod;
}

/** Checks passwords and second factors. Attempts are counted, and those that fail are accounted for. */
@Injectable()
export class Proofs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly browsers: KnownBrowsers,
    private readonly throttle: SignInThrottle,
    private readonly secondFactors: SecondFactors,
    private readonly audit: Audit,
  ) {}

  /**
   * Lets through whoever knows the password and, where the account has one, has the second factor. An unknown address
   * and a wrong password look the same and take the same time.
   *
   * @throws {AppError} `auth/invalid-credentials`, `auth/second-factor-required`, `auth/invalid-second-factor`,
   *   `auth/suspended`, `auth/too-many-attempts`
   */
  async check({ email, password, code }: Proof, from: SignInSource): Promise<Proved> {
    const administrator = await this.dataSource.getRepository(Administrator).findOne({
      where: { email },
      select: { id: true, email: true, passwordHash: true, suspendedAt: true },
    });
    const browserId = await this.browsers.find(from.browserToken, administrator?.id ?? null);
    const attempt = await this.throttle.begin({ email, address: from.address, browserId });
    if (!(await passwordFits(administrator?.passwordHash ?? null, password)) || !administrator) {
      await this.accountRefusal(administrator, from, 'password');
      throw invalidCredentials();
    }
    const asked = await this.secondFactors.isOn(administrator.id);
    if (asked && code === undefined) {
      await attempt.takeBack();
      throw secondFactorRequired();
    }
    const method = asked ? await this.secondFactors.take(administrator.id, code ?? '') : 'password';
    if (method === null) {
      await this.accountRefusal(administrator, from, 'second-factor');
      throw invalidSecondFactor();
    }
    await attempt.succeed();
    if (administrator.suspendedAt !== null) throw suspended();
    return { administrator, method };
  }

  private async accountRefusal(
    administrator: Administrator | null,
    { address }: SignInSource,
    wrong: 'password' | 'second-factor',
  ): Promise<void> {
    const by = {
      ...unknownActor(address ?? 'unknown'),
      actorId: administrator?.id ?? null,
      actorName: administrator?.email ?? '',
    };
    await this.audit.record(this.dataSource.manager, { by, action: 'session/refused', details: { wrong } });
  }
}
