import { Injectable } from '@nestjs/common';
import { doorSettingsSchema, type changeSchema, type syncPullAnswerSchema } from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ChangeFeed, type FeedEntry } from '../../platform/change-feed/change-feed';
import { Door } from '../doors/door.entity';
import { Person } from '../people/person.entity';
import { Template } from '../people/template.entity';
import { TemplateVault } from '../people/template-vault';

type ChangeView = z.input<typeof changeSchema>;
type PullAnswer = Extract<z.input<typeof syncPullAnswerSchema>, { ok: true }>;

/** The most changes that one page holds. */
export const CHANGES_PER_PULL_MAX = 500;

/** socket.io's parser refuses a packet with more binary parts than this; an embedding is one. */
const TEMPLATES_PER_PULL_MAX = 10;

/** What one agent may know, page by page. */
@Injectable()
export class SyncService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly feed: ChangeFeed,
    private readonly vault: TemplateVault,
  ) {}

  /** The changes after a revision, with the entities as they were at one moment. */
  async pull(request: {
    doorId: string;
    modelId: string;
    afterRevision: number;
    limit: number;
  }): Promise<PullAnswer> {
    // One snapshot: an entity read here is in the state that its entry stands for.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const page = await this.feed.page(manager, {
        ...request,
        limit: Math.min(request.limit, CHANGES_PER_PULL_MAX),
      });
      const entries = cutAtTemplates(page.entries);
      const last = entries.length < page.entries.length ? entries.at(-1)?.revision : undefined;
      return {
        ok: true,
        reset: page.reset,
        changes: await this.describe(manager, entries, request.modelId),
        throughRevision: last ?? page.throughRevision,
        desiredRevision: page.headRevision,
      };
    });
  }

  private async describe(
    manager: EntityManager,
    entries: readonly FeedEntry[],
    modelId: string,
  ): Promise<ChangeView[]> {
    const idsOf = (family: FeedEntry['family']) =>
      In(entries.filter((entry) => entry.family === family && !entry.deleted).map((entry) => entry.entityId));
    const people = byId(await manager.findBy(Person, { id: idsOf('person') }));
    const doors = byId(await manager.findBy(Door, { id: idsOf('door') }));
    const templates = byId(
      await manager.find(Template, {
        where: { id: idsOf('template'), modelId },
        select: { id: true, personId: true, modelId: true, sealedEmbedding: true },
      }),
    );
    return entries.flatMap((entry): ChangeView[] => {
      const { revision, entityId } = entry;
      switch (entry.family) {
        case 'person': {
          if (entry.deleted) return [{ kind: 'person.delete', revision, personId: entityId }];
          const person = people.get(entityId);
          return person
            ? [{ kind: 'person.put', revision, person: { id: person.id, name: person.name } }]
            : [];
        }
        case 'template': {
          if (entry.deleted) return [{ kind: 'template.delete', revision, templateId: entityId }];
          // A template of another model is of no use to this agent.
          const template = templates.get(entityId);
          return template ? [{ kind: 'template.put', revision, template: this.templateView(template) }] : [];
        }
        case 'door': {
          const door = doors.get(entityId);
          if (!door) return [];
          const settings = doorSettingsSchema.parse(door.settings);
          return [{ kind: 'door.put', revision, door: { id: door.id, name: door.name, settings } }];
        }
      }
    });
  }

  private templateView(template: Template): Extract<ChangeView, { kind: 'template.put' }>['template'] {
    const { id, personId, modelId } = template;
    return { id, personId, modelId, embedding: this.vault.openEmbedding(template) };
  }
}

/** The entries before the first template that is one too many for a packet. */
function cutAtTemplates(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const templates = entries.filter((entry) => entry.family === 'template' && !entry.deleted);
  const surplus = templates[TEMPLATES_PER_PULL_MAX];
  return surplus ? entries.slice(0, entries.indexOf(surplus)) : entries;
}

function byId<T extends { id: string }>(entities: readonly T[]): Map<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
