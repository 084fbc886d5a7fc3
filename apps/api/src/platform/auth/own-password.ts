import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Administrator } from './administrator.entity';
import { KnownBrowsers } from './known-browsers';
import { passwordFits } from './passwords';
import type { SignInSource } from './session-store';
import { wrongPassword } from './sign-in.errors';
import { SignInThrottle } from './sign-in-throttle';

/** Asks somebody who is signed in for their password again, counting attempts like those to sign in. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly dataSource: DataSource,
    private readonly browsers: KnownBrowsers,
    private readonly throttle: SignInThrottle,
  ) {}

  /** @throws {AppError} `auth/wrong-password`, `auth/too-many-attempts` */
  async check(
    { id, email, password }: { id: string; email: string; password: string },
    from: SignInSource,
  ): Promise<void> {
    const browserId = await this.browsers.find(from.browserToken, id);
    const attempt = await this.throttle.begin({ email, address: from.address, browserId });
    const { passwordHash } = await this.dataSource
      .getRepository(Administrator)
      .findOneOrFail({ where: { id }, select: { id: true, passwordHash: true } });
    if (!(await passwordFits(passwordHash, password))) throw wrongPassword();
    await attempt.succeed();
  }
}
