import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import type { SignedIn } from '../../platform/auth/session-store';
import { mayRead } from './person-access';
import { PeopleRepository } from './people.repository';
import { TemplateVault } from './template-vault';

/** The small pictures of people's faces. */
@Injectable()
export class PortraitService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
    private readonly vault: TemplateVault,
  ) {}

  /** @throws {AppError} `people/no-portrait` when none is kept of that person, or there is no such person. */
  async jpeg(personId: string, by: SignedIn): Promise<Uint8Array> {
    const found = await this.people.sealedPortrait(personId);
    if (!found) throw new AppError('not-found', 'people/no-portrait', 'There is no picture of this person.');
    mayRead(by, found.siteId);
    return this.vault.openPortrait(this.dataSource.manager, personId, found.sealedJpeg);
  }
}
