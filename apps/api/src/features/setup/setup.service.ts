import { Injectable } from '@nestjs/common';
import type { SetupRequest, SetupStatus } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import { closeSetup, makeOwner, needsSetup } from '../../platform/auth/first-owner';
import { requireGoodPassword } from '../../platform/auth/password-rules';
import { hashPassword } from '../../platform/auth/passwords';
import { readableCode } from '../../platform/auth/random-code';
import { SessionStore, type BegunSession, type SignInSource } from '../../platform/auth/session-store';
import { SetupCode } from '../../platform/auth/setup-code.entity';
import { SignInThrottle } from '../../platform/auth/sign-in-throttle';
import { tokenHash } from '../../platform/auth/token';
import { AppError } from '../../platform/errors/app-error';
import { SetupRepository } from './setup.repository';

/** The first steps of a new deployment: an organisation, its first owner and its first site. */
@Injectable()
export class SetupService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly setup: SetupRepository,
    private readonly throttle: SignInThrottle,
    private readonly sessions: SessionStore,
    private readonly audit: Audit,
  ) {}

  async status(): Promise<SetupStatus> {
    return { needed: await needsSetup(this.dataSource.manager) };
  }

  /**
   * Makes the first owner and names the first site, for whoever has the code that the server showed. Of two at once,
   * one comes through; after that it is closed for ever.
   *
   * @throws {AppError} `setup/closed`, `setup/wrong-code`, `password/…`, `auth/too-many-attempts`
   */
  async complete(request: SetupRequest, from: SignInSource): Promise<BegunSession> {
    if (!(await needsSetup(this.dataSource.manager))) throw closed();
    const { address } = from;
    const attempt = await this.throttle.begin({ email: `set-up ${address}`, address, browserId: null });
    if (!(await this.isCode(request.code))) {
      // Who comes in the moment in which another closes it has a code that is spent, not a wrong one.
      throw (await needsSetup(this.dataSource.manager)) ? wrongCode() : closed();
    }
    await attempt.succeed();
    const { email, password } = request;
    requireGoodPassword(password, email);
    const passwordHash = await hashPassword(password);
    return this.dataSource.transaction(async (manager) => {
      await this.setup.lock(manager);
      if (!(await needsSetup(manager))) throw closed();
      const owner = await makeOwner(manager, { email, passwordHash });
      await closeSetup(manager);
      return this.begin(manager, owner, request, from);
    });
  }

  private async begin(
    manager: EntityManager,
    owner: { id: string; email: string },
    { organisation, site }: SetupRequest,
    from: SignInSource,
  ): Promise<BegunSession> {
    const siteId = await this.setup.name(manager, organisation, site);
    const by = await this.sessions.begin(manager, owner, { ...from, method: 'password' });
    const after = { organisation, email: owner.email, site };
    await this.audit.record(manager, { by, action: 'setup/completed', subjectId: siteId, siteId, after });
    return by;
  }

  private isCode(code: string): Promise<boolean> {
    return this.dataSource.getRepository(SetupCode).existsBy({ codeHash: tokenHash(readableCode(code)) });
  }
}

const closed = () =>
  new AppError('conflict', 'setup/closed', 'This deployment is set up already.', { detail: 'Sign in.' });

const wrongCode = () =>
  new AppError('forbidden', 'setup/wrong-code', 'This is not the set-up code.', {
    detail: 'The server shows it on its terminal when it starts. A newer start makes a new one.',
  });
