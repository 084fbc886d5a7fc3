import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SignedIn } from '../../platform/auth/session-store';
import { noPortrait } from './people-errors';
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
    if (!found) throw noPortrait();
    mayRead(by, found.siteId);
    return this.vault.openPortrait(this.dataSource.manager, personId, found.sealedJpeg);
  }
}
