import { Injectable } from '@nestjs/common';
import type { CreateSiteRequest, UpdateSiteRequest, siteListSchema, siteSchema } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { violatedConstraint } from '../../platform/database/database-errors';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { Door } from '../doors/door.entity';
import { Site } from '../doors/site.entity';
import { AccessDocuments } from './access-documents.service';
import { AccessRepository } from './access.repository';

type SiteView = z.input<typeof siteSchema>;

/** Sites: places with doors and a wall clock of their own. */
@Injectable()
export class SitesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: AccessRepository,
    private readonly documents: AccessDocuments,
    private readonly audit: Audit,
  ) {}

  async list(by: SignedIn): Promise<z.input<typeof siteListSchema>> {
    const reach = by.access.reach('sites:read');
    const sites = (await this.access.sites()).filter(
      ({ id }) => reach === 'everywhere' || reach.includes(id),
    );
    return { items: await Promise.all(sites.map((site) => this.present(this.dataSource.manager, site))) };
  }

  /** @throws {AppError} `sites/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<SiteView> {
    const site = await this.dataSource.getRepository(Site).findOneBy({ id });
    if (!site) throw siteNotFound();
    by.access.require('sites:read', id);
    return this.present(this.dataSource.manager, site);
  }

  async create({ name, timeZone }: CreateSiteRequest, by: SignedIn): Promise<SiteView> {
    by.access.require('sites:write', null);
    return this.dataSource.transaction(async (manager) => {
      const now = new Date();
      const site = manager.create(Site, { id: newId(), name, timeZone, createdAt: now, updatedAt: now });
      await manager.insert(Site, site);
      await this.audit.record(manager, {
        by,
        action: 'site/created',
        subjectId: site.id,
        siteId: site.id,
        after: { name, timeZone },
      });
      return this.present(manager, site);
    });
  }

  /** @throws {AppError} `sites/not-found`, `auth/forbidden` */
  async update(id: string, request: UpdateSiteRequest, by: SignedIn): Promise<SiteView> {
    return this.dataSource.transaction(async (manager) => {
      await this.access.lock(manager);
      const site = await this.lock(manager, id);
      by.access.require('sites:write', id);
      const next = { name: request.name ?? site.name, timeZone: request.timeZone ?? site.timeZone };
      await manager.update(Site, { id }, { ...next, updatedAt: new Date() });
      await this.audit.record(manager, {
        by,
        action: 'site/changed',
        subjectId: id,
        siteId: id,
        before: { name: site.name, timeZone: site.timeZone },
        after: next,
      });
      const view = await this.present(manager, await manager.findOneByOrFail(Site, { id }));
      if (next.timeZone !== site.timeZone) await this.documents.tell(manager);
      return view;
    });
  }

  /** @throws {AppError} `sites/not-found`, `auth/forbidden`, `sites/in-use` while anything belongs to it */
  async remove(id: string, by: SignedIn): Promise<void> {
    by.access.require('sites:write', null);
    try {
      await this.dataSource.transaction(async (manager) => {
        const site = await this.lock(manager, id);
        await manager.delete(Site, { id });
        await this.audit.record(manager, {
          by,
          action: 'site/deleted',
          subjectId: id,
          before: { name: site.name, timeZone: site.timeZone },
        });
      });
    } catch (error) {
      if (violatedConstraint(error) === undefined) throw error;
      throw new AppError('conflict', 'sites/in-use', 'Something still belongs to this site.', {
        detail: 'Move or delete its doors, people, groups and access rules first.',
        cause: error,
      });
    }
  }

  private async lock(manager: EntityManager, id: string): Promise<Site> {
    const site = await manager.findOne(Site, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!site) throw siteNotFound();
    return site;
  }

  private async present(manager: EntityManager, site: Site): Promise<SiteView> {
    return {
      id: site.id,
      name: site.name,
      timeZone: site.timeZone,
      doorCount: await manager.countBy(Door, { siteId: site.id }),
      createdAt: site.createdAt.toISOString(),
      updatedAt: site.updatedAt.toISOString(),
    };
  }
}

function siteNotFound(): AppError {
  return new AppError('not-found', 'sites/not-found', 'There is no such site.');
}
