import { Injectable } from '@nestjs/common';
import {
  DOOR_PART,
  TEMPLATES_PER_BLOCK_MAX,
  doorSettingsSchema,
  packTemplates,
  stateText,
  type PackedTemplate,
  type changeSchema,
  type syncPullAnswerSchema,
} from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ChangeFeed, RULES_CHANGE, type FeedEntry } from '../../platform/change-feed/change-feed';
import { groupsReaching } from '../../platform/change-feed/door-reach';
import { TemplateTransforms } from '../../platform/crypto/template-transforms';
import { AppError } from '../../platform/errors/app-error';
import { doorPersonView } from '../access/door-person';
import { RuleSets } from '../access/rule-sets.service';
import { GroupsRepository } from '../groups/groups.repository';
import { CameraVault } from '../cameras/camera-vault';
import { Door } from '../doors/door.entity';
import { littleEndian } from '../people/embedding-bytes';
import { Person } from '../people/person.entity';
import { Template } from '../people/template.entity';
import { TemplateVault } from '../people/template-vault';
import { doorEtag, personEtag, rulesEtag } from './etags';
import { SharedPages } from './shared-pages';
import { StateDigests, addToDoorPart, idsOfPart } from './state-digests';

type ChangeView = z.input<typeof changeSchema>;
type PullAnswer = Extract<z.input<typeof syncPullAnswerSchema>, { ok: true }>;

/** The most changes that one page holds. */
export const CHANGES_PER_PULL_MAX = TEMPLATES_PER_BLOCK_MAX;

/** The most templates of one part of a door's state. */
const PART_TEMPLATES_MAX = 4 * TEMPLATES_PER_BLOCK_MAX;

/** socket.io's parser refuses a packet with more binary parts than this; an embedding is one, a secret another. */
const BINARY_PARTS_MAX = 10;

/** Which page, and how it is to be written. */
interface PullRequest {
  readonly doorId: string;
  readonly modelId: string;
  /** Whether the agent understands transforms; another gets templates as the model made them. */
  readonly transforms: boolean;
  /** Whether the agent goes by access rules. */
  readonly rules: boolean;
  /** Whether the agent takes a page's templates in one block. */
  readonly blocks: boolean;
  /** Whether the agent takes the settings of its camera. */
  readonly cameras: boolean;
  readonly afterRevision: number;
  readonly limit: number;
  /** Up to where the door holds nothing that could be gone since. */
  readonly emptyThrough: number;
}

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
    private readonly digests: StateDigests,
    private readonly vaultOfCameras: CameraVault,
    private readonly shared: SharedPages,
  ) {}

  /** The changes after a revision, with the entities as they were at one moment. */
  async pull(request: PullRequest): Promise<PullAnswer> {
    if (request.afterRevision === 0) await this.feed.ensureReach();
    const { doorId, ...same } = request;
    const standing = await this.feed.standing(doorId);
    const name = JSON.stringify([standing, same]);
    const shared = await this.shared.get(name, async () => {
      const { answer, isForAll } = await this.page(request);
      // What was read later may be of another reach.
      const isAsOfThen = answer.desiredRevision === standing.headRevision;
      return { answer, doorId, isForAll: isForAll && isAsOfThen };
    });
    // Whoever asked first gets its own page, also where it is for one door alone.
    if (shared.isForAll || shared.doorId === doorId) return shared.answer;
    return (await this.page(request)).answer;
  }

  private async page(request: PullRequest): Promise<{ answer: PullAnswer; isForAll: boolean }> {
    // One snapshot: an entity read here is in the state that its entry stands for.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const page = await this.feed.page(manager, {
        ...request,
        limit: Math.min(request.limit, CHANGES_PER_PULL_MAX),
      });
      const entries = cutAtBinaryParts(page.entries, request.blocks);
      const last = entries.length < page.entries.length ? entries.at(-1)?.revision : undefined;
      const throughRevision = last ?? page.throughRevision;
      const answer: PullAnswer = {
        ok: true,
        reset: page.reset,
        changes: inBlock(await this.describe(manager, entries, request), request),
        throughRevision,
        desiredRevision: page.headRevision,
      };
      const range = { afterRevision: request.afterRevision, throughRevision };
      return { answer, isForAll: await this.feed.isSameForAll(manager, range) };
    });
  }

  /** The digests of all that a door should hold; null when `revision` is not the end of the feed. */
  digest({
    doorId,
    modelId,
    revision,
  }: {
    doorId: string;
    modelId: string;
    revision: number;
  }): Promise<Uint8Array | null> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      if ((await this.feed.head(manager)) !== revision) return null;
      const groupIds = await groupsReaching(manager, doorId);
      const parts = await this.digests.of(manager, { modelId, groupIds }, revision);
      for (const id of await this.transforms.ids(manager)) addToDoorPart(parts, stateText.transform(id));
      addToDoorPart(parts, stateText.rules(rulesEtag(await this.sets.ofDoor(doorId, manager))));
      const door = await manager.findOneByOrFail(Door, { id: doorId });
      const etag = doorEtag(doorView(door), await this.vaultOfCameras.find(manager, doorId));
      addToDoorPart(parts, stateText.door(doorId, etag));
      return parts;
    });
  }

  /**
   * All that one part of a door's state should hold.
   *
   * @throws {AppError} `sync/part-too-large`: the door has to pull from 0
   */
  async part({ part, ...of }: { doorId: string; modelId: string; part: number }): Promise<ChangeView[]> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const entries = await this.entriesOf(manager, { ...of, part });
      if (entries.filter(({ family }) => family === 'template').length > PART_TEMPLATES_MAX) {
        throw new AppError('conflict', 'sync/part-too-large', 'A part holds more templates than one answer.');
      }
      const full = { ...of, transforms: true, rules: true, blocks: true, cameras: true };
      return inBlock(await this.describe(manager, entries, full), full);
    });
  }

  private async entriesOf(
    manager: EntityManager,
    { part, modelId, doorId }: { part: number; modelId: string; doorId: string },
  ): Promise<FeedEntry[]> {
    const revision = await this.feed.head(manager);
    const entry = (family: FeedEntry['family'], entityId: string): FeedEntry => ({
      ...{ family, entityId, deleted: false, revision },
    });
    if (part === DOOR_PART) {
      const transforms = await this.transforms.ids(manager);
      return [
        ...transforms.map((id) => entry('transform', id)),
        { ...RULES_CHANGE, revision },
        entry('door', doorId),
      ];
    }
    const groupIds = await groupsReaching(manager, doorId);
    const { people, templates } = await idsOfPart(manager, part, { modelId, groupIds });
    return [...people.map((id) => entry('person', id)), ...templates.map((id) => entry('template', id))];
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
      cameras,
    }: { doorId: string; modelId: string; transforms: boolean; rules: boolean; cameras: boolean },
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
    const kept = doors.has(doorId) ? await this.vaultOfCameras.find(manager, doorId) : null;
    const camera = cameras && kept ? await this.vaultOfCameras.open(kept) : null;
    return entries.flatMap((entry): ChangeView[] => {
      const { revision, entityId } = entry;
      switch (entry.family) {
        case 'person': {
          if (entry.deleted) return [{ kind: 'person.delete', revision, personId: entityId }];
          const person = people.get(entityId);
          if (!person) return [];
          const groupIds = (groups.get(entityId) ?? []).map(({ id }) => id);
          const view = doorPersonView(person, groupIds);
          return [{ kind: 'person.put', revision, person: view, etag: personEtag(view) }];
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
          return ruleSet ? [{ kind: 'rules.put', revision, rules: ruleSet, etag: rulesEtag(ruleSet) }] : [];
        case 'door': {
          const door = doors.get(entityId);
          if (!door) return [];
          const view = doorView(door);
          return [{ kind: 'door.put', revision, door: { ...view, camera }, etag: doorEtag(view, kept) }];
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
  const others = changes.filter((change) => change.kind !== 'template.put');
  const runs: ChangeView[] = [];
  for (let from = 0; from < puts.length; from += TEMPLATES_PER_BLOCK_MAX) {
    const run = puts.slice(from, from + TEMPLATES_PER_BLOCK_MAX);
    const revision = run.at(-1)?.revision ?? 0;
    const block = packTemplates(run.map(({ template }) => packable(template)));
    runs.push({ kind: 'templates.put', revision, modelId, count: run.length, block });
  }
  return [...others, ...runs];
}

function packable({
  id,
  personId,
  transformId = null,
  embedding,
}: Extract<ChangeView, { kind: 'template.put' }>['template']): PackedTemplate {
  const bytes = embedding instanceof ArrayBuffer ? new Uint8Array(embedding) : embedding;
  return { id, personId, transformId, embedding: bytes };
}

function doorView(door: Door) {
  return { id: door.id, name: door.name, settings: doorSettingsSchema.parse(door.settings) };
}

/**
 * The entries before the first that is one binary part too many for a packet. Of a revision that alone has too many, what
 * fits: nobody is recognised for want of a template who should not be.
 */
function cutAtBinaryParts(entries: readonly FeedEntry[], blocks: boolean): readonly FeedEntry[] {
  const isBinary = ({ family, deleted }: FeedEntry) =>
    !deleted && (family === 'transform' || (family === 'template' && !blocks));
  const max = blocks ? BINARY_PARTS_MAX - 1 : BINARY_PARTS_MAX;
  const binary = entries.filter(isBinary);
  const surplus = binary[max];
  if (!surplus) return entries;
  const before = entries.filter(({ revision }) => revision < surplus.revision);
  if (before.length > 0) return before;
  const left = new Set(binary.slice(max));
  return entries.filter((entry) => entry.revision === surplus.revision && !left.has(entry));
}

function byId<T extends { id: string }>(entities: readonly T[]): Map<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
