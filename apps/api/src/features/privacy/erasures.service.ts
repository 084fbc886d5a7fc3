import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { erasureSchema, erasuresSchema } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { systemActor, type Actor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Cluster } from '../../platform/cluster/cluster';
import { AppError } from '../../platform/errors/app-error';
import { DoorProgress } from '../doors/door-progress';
import { PeopleRepository } from '../people/people.repository';
import { Person } from '../people/person.entity';
import type { Writer } from '../people/person-writer';
import { ErasureList } from './erasure-list';
import { presentErasure } from './erasure.presenter';
import { ErasuresRepository } from './erasures.repository';

const LISTED_MAX = 200;

/** Erases people for good: their key and every row, and at each door, which confirms it. */
@Injectable()
export class ErasuresService implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly erasures: ErasuresRepository,
    private readonly list: ErasureList,
    private readonly people: PeopleRepository,
    private readonly progress: DoorProgress,
    private readonly cluster: Cluster,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly logger: PinoLogger,
  ) {}

  /** Before anything is served: whom a restored backup has brought back is erased again. */
  async onApplicationBootstrap(): Promise<void> {
    this.stop = this.progress.onApplied((doorId, revision) => this.erasures.confirm(doorId, revision));
    for (const personId of await this.erasures.present(await this.list.read())) {
      const by = systemActor('erasures');
      await this.erasePerson(personId, { by, reason: 'came back with a backup' }, () => undefined);
      this.logger.warn('somebody who had been erased came back with a backup, and was erased again');
    }
    await this.list.add(await this.erasures.hashes());
  }

  onApplicationShutdown(): void {
    this.stop();
  }

  /** @throws {AppError} `people/not-found`, `auth/forbidden` */
  async erase(personId: string, reason: string, by: Writer): Promise<z.input<typeof erasureSchema>> {
    const id = await this.erasePerson(personId, { by, reason }, (person) =>
      by.access.require('people:erase', person.siteId),
    );
    await this.list.add(await this.erasures.hashes());
    return this.view(id, by);
  }

  /** @throws {AppError} `erasures/not-found`, `auth/forbidden` */
  get(id: string, by: Writer): Promise<z.input<typeof erasureSchema>> {
    return this.view(id, by);
  }

  async all(by: Writer): Promise<z.input<typeof erasuresSchema>> {
    const records = await this.erasures.list(by.access.reach('people:erase'), LISTED_MAX);
    return {
      items: records.map((record) => {
        const { doors: _doors, ...view } = presentErasure(record, [], new Set());
        return view;
      }),
    };
  }

  private erasePerson(
    personId: string,
    { by, reason }: { by: Actor; reason: string },
    check: (person: Person) => void,
  ): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      check(person);
      const templates = await this.people.templatesOf(manager, personId);
      await this.remove(manager, personId);
      await this.audit.record(manager, {
        by,
        action: 'person/erased',
        subjectId: personId,
        siteId: person.siteId,
        reason,
        details: { templates: templates.length },
      });
      await this.changes.record(manager, [
        ...templates.map(({ id }) => ({ family: 'template' as const, entityId: id, deleted: true })),
        { family: 'person', entityId: personId, deleted: true, revoked: true },
      ]);
      // After the feed, whose last revision it is that doors have to come to.
      return this.erasures.add(manager, person);
    });
  }

  private async remove(manager: EntityManager, personId: string): Promise<void> {
    // First the key: without it, nothing of the rest opens, wherever a copy is.
    await manager.query('DELETE FROM person_key WHERE person_id = $1', [personId]);
    await this.erasures.removeTraces(manager, personId);
    await manager.delete(Person, { id: personId });
  }

  private async view(id: string, by: Writer): Promise<z.input<typeof erasureSchema>> {
    const found = await this.erasures.get(id);
    if (!found) throw new AppError('not-found', 'erasures/not-found', 'There is no such erasure.');
    by.access.require('people:erase', found.record.site_id);
    return presentErasure(found.record, found.doors, await this.cluster.liveNodeIds());
  }
}
