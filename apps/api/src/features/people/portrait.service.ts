import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
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
  async jpeg(personId: string): Promise<Uint8Array> {
    const sealed = await this.people.sealedPortrait(personId);
    if (!sealed) throw new AppError('not-found', 'people/no-portrait', 'There is no picture of this person.');
    return this.vault.openPortrait(this.dataSource.manager, personId, sealed);
  }
}
