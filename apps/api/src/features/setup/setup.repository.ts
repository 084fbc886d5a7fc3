import { Injectable } from '@nestjs/common';
import type { SetupRequest } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { Deployment } from '../../platform/crypto/deployment.entity';
import { Site } from '../doors/site.entity';

/** Writes what the set-up was told. */
@Injectable()
export class SetupRepository {
  /** Lets one set-up happen at a time, until the transaction ends. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.findOneOrFail(Deployment, { where: { id: 1 }, lock: { mode: 'pessimistic_write' } });
  }

  /** Names the organisation, and the site that a new database has. @returns the site's id */
  async name(
    manager: EntityManager,
    organisationName: string,
    { name, timeZone }: SetupRequest['site'],
  ): Promise<string> {
    await manager.update(Deployment, { id: 1 }, { organisationName });
    const { id } = await manager.findOneOrFail(Site, { where: {}, order: { createdAt: 'ASC', id: 'ASC' } });
    await manager.update(Site, { id }, { name, timeZone });
    return id;
  }
}
