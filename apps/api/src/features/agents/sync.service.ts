import { Injectable } from '@nestjs/common';
import {
  TEMPLATES_PER_BLOCK_MAX,
  doorSettingsSchema,
  packTemplates,
  type changeSchema,
  type syncPullAnswerSchema,
} from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ChangeFeed, type FeedEntry } from '../../platform/change-feed/change-feed';
import { TemplateTransforms } from '../../platform/crypto/template-transforms';
import { doorPersonView } from '../access/door-person';
import { RuleSets } from '../access/rule-sets.service';
import { GroupsRepository } from '../groups/groups.repository';
import { Door } from '../doors/door.entity';
import { littleEndian } from '../people/embedding-bytes';
import { Person } from '../people/person.entity';
import { Template } from '../people/template.entity';
import { TemplateVault } from '../people/template-vault';

type ChangeView = z.input<typeof changeSchema>;
type PullAnswer = Extract<z.input<typeof syncPullAnswerSchema>, { ok: true }>;

/** The most changes that one page holds. */
export const CHANGES_PER_PULL_MAX = TEMPLATES_PER_BLOCK_MAX;

/** socket.io's parser refuses a packet with more binary parts than this; an embedding is one, a secret another. */
const BINARY_PARTS_MAX = 10;

/** What one agent may know, page by page. */
@Injectable()
export class SyncService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly feed: ChangeFeed,
    private readonly vault: TemplateVault,
    private readonly transforms: TemplateTransforms,
    private readonly groups: GroupsRepository,
    private readonly sets: RuleSets,
  ) {}

  /** The changes after a revision, with the entities as they were at one moment. */
  async pull(request: {
    doorId: string;
    modelId: string;
    /** Whether the agent understands transforms; another gets templates as the model made them. */
    transforms: boolean;
    /** Whether the agent goes by access rules. */
    rules: boolean;
    /** Whether the agent takes a page's templates in one block. */
    blocks: boolean;
    afterRevision: number;
    limit: number;
  }): Promise<PullAnswer> {
    // One snapshot: an entity read here is in the state that its entry stands for.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const page = await this.feed.page(manager, {
        ...request,
        limit: Math.min(request.limit, CHANGES_PER_PULL_MAX),
      });
      const entries = cutAtBinaryParts(page.entries, request.blocks);
      const last = entries.length < page.entries.length ? entries.at(-1)?.revision : undefined;
      return {
        ok: true,
        reset: page.reset,
        changes: inBlock(await this.describe(manager, entries, request), request),
        throughRevision: last ?? page.throughRevision,
        desiredRevision: page.headRevision,
      };
    });
  }

  /** The transform of new templates, or null. */
  transformId(): Promise<string | null> {
    return this.transforms.newest(this.dataSource.manager);
  }

  private async describe(
    manager: EntityManager,
    entries: readonly FeedEntry[],
    {
      doorId,
      modelId,
      transforms,
      rules,
    }: { doorId: string; modelId: string; transforms: boolean; rules: boolean },
  ): Promise<ChangeView[]> {
    const idsOf = (family: FeedEntry['family']) =>
      In(entries.filter((entry) => entry.family === family && !entry.deleted).map((entry) => entry.entityId));
    const people = byId(await manager.findBy(Person, { id: idsOf('person') }));
    const doors = byId(await manager.findBy(Door, { id: idsOf('door') }));
    const found = await manager.find(Template, {
      where: { id: idsOf('template'), modelId },
      select: { id: true, personId: true, modelId: true, transformId: true, sealedEmbedding: true },
    });
    // The rules turn these away by name; an agent without them would let in whomever it recognises.
    const away = rules ? new Set<string>() : await this.away(manager, found);
    const templates = byId(found);
    const sent = found.filter((template) => !away.has(template.personId));
    const embeddings = transforms
      ? await this.vault.openEmbeddings(manager, sent)
      : await this.vault.openPlainEmbeddings(manager, sent);
    const secrets = transforms ? await this.secrets(manager, entries) : new Map<string, Uint8Array>();
    const groups = await this.groups.ofPeople(manager, [...people.keys()]);
    const asked = rules && entries.some(({ family }) => family === 'rules');
    const ruleSet = asked ? await this.sets.ofDoor(doorId, manager) : null;
    return entries.flatMap((entry): ChangeView[] => {
      const { revision, entityId } = entry;
      switch (entry.family) {
        case 'person': {
          if (entry.deleted) return [{ kind: 'person.delete', revision, personId: entityId }];
          const person = people.get(entityId);
          if (!person) return [];
          const groupIds = (groups.get(entityId) ?? []).map(({ id }) => id);
          return [{ kind: 'person.put', revision, person: doorPersonView(person, groupIds) }];
        }
        case 'template': {
          if (entry.deleted) return [{ kind: 'template.delete', revision, templateId: entityId }];
          // A template of another model is of no use to this agent.
          const template = templates.get(entityId);
          const embedding = embeddings.get(entityId);
          if (template && away.has(template.personId)) {
            return [{ kind: 'template.delete', revision, templateId: entityId }];
          }
          if (!template || !embedding) return [];
          const { personId, transformId } = template;
          const view = { id: entityId, personId, modelId, embedding: littleEndian(embedding) };
          return [
            {
              kind: 'template.put',
              revision,
              template: { ...view, transformId: transforms ? transformId : null },
            },
          ];
        }
        case 'transform': {
          if (!transforms) return [];
          const secret = secrets.get(entityId);
          if (secret) return [{ kind: 'transform.put', revision, transform: { id: entityId, secret } }];
          return [{ kind: 'transform.delete', revision, transformId: entityId }];
        }
        case 'rules':
          return ruleSet ? [{ kind: 'rules.put', revision, rules: ruleSet }] : [];
        case 'door': {
          const door = doors.get(entityId);
          if (!door) return [];
          const settings = doorSettingsSchema.parse(door.settings);
          return [{ kind: 'door.put', revision, door: { id: door.id, name: door.name, settings } }];
        }
      }
    });
  }

  private async secrets(
    manager: EntityManager,
    entries: readonly FeedEntry[],
  ): Promise<Map<string, Uint8Array>> {
    const secrets = new Map<string, Uint8Array>();
    for (const { family, entityId, deleted } of entries) {
      if (family !== 'transform' || deleted) continue;
      const secret = await this.transforms.secret(manager, entityId);
      if (secret) secrets.set(entityId, secret);
    }
    return secrets;
  }

  /** Of the people of these templates, those whom no door may recognise now. */
  private async away(manager: EntityManager, templates: readonly Template[]): Promise<Set<string>> {
    const ids = [...new Set(templates.map((template) => template.personId))];
    const people = await manager.find(Person, {
      where: { id: In(ids), atDoors: false },
      select: { id: true },
    });
    return new Set(people.map((person) => person.id));
  }
}

/** The changes with their templates in one block, which comes last: after the transforms that they need. */
function inBlock(
  changes: readonly ChangeView[],
  { blocks, modelId }: { blocks: boolean; modelId: string },
): ChangeView[] {
  if (!blocks) return [...changes];
  const puts = changes.filter((change) => change.kind === 'template.put');
  const last = puts.at(-1);
  if (!last) return [...changes];
  const templates = puts.map(({ template: { id, personId, transformId = null, embedding } }) => ({
    ...{ id, personId, transformId },
    embedding: embedding instanceof ArrayBuffer ? new Uint8Array(embedding) : embedding,
  }));
  const { revision } = last;
  const block = { kind: 'templates.put' as const, revision, modelId, count: puts.length };
  const others = changes.filter((change) => change.kind !== 'template.put');
  return [...others, { ...block, block: packTemplates(templates) }];
}

/** The entries before the first that is one binary part too many for a packet. */
function cutAtBinaryParts(entries: readonly FeedEntry[], blocks: boolean): readonly FeedEntry[] {
  const binary = entries.filter(
    ({ family, deleted }) => !deleted && (family === 'transform' || (family === 'template' && !blocks)),
  );
  const surplus = binary[blocks ? BINARY_PARTS_MAX - 1 : BINARY_PARTS_MAX];
  return surplus ? entries.slice(0, entries.indexOf(surplus)) : entries;
}

function byId<T extends { id: string }>(entities: readonly T[]): Map<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
