import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed, RULES_CHANGE } from '../../platform/change-feed/change-feed';
import { newId } from '../../platform/database/uuid';
import { AccessRepository } from './access.repository';
import { inUse, nameTaken, notFound, unusable } from './access-errors';
import type { AccessRuleKind } from './access-rule.entity';
import { problemsOf, usersOf } from './check-documents';
import type { Definition, RuleDocument, RuleDocuments } from './rule-documents';

/** The rules have no id of their own in the feed: each change of any of them is a change of all. */

/** Kinds that are made and deleted by people; the others belong to a door or a group. */
export type NamedKind = Exclude<AccessRuleKind, 'door' | 'group'>;

const WORDS: Readonly<Record<AccessRuleKind, string>> = {
  schedule: 'schedule',
  'holiday-calendar': 'holiday calendar',
  'access-level': 'access level',
  area: 'area',
  door: 'door',
  group: 'access group',
};

/** What is asked to be kept. */
export interface Draft<K extends AccessRuleKind> {
  readonly kind: K;
  readonly name: string;
  readonly siteId: string | null;
  readonly definition: Definition<K>;
}

/**
 * Reads and changes the documents of the access rules: one change at a time, each checked against all the others, in
 * one transaction with its account and with the news for the doors.
 */
@Injectable()
export class AccessDocuments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: AccessRepository,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  /** Those of the whole organisation and of the sites that somebody may see. */
  async list<K extends NamedKind>(kind: K, by: SignedIn): Promise<RuleDocument<K>[]> {
    const reach = by.access.reach('access:read');
    const all = (await this.access.documents()).all(kind);
    return all.filter(({ siteId }) => siteId === null || reach === 'everywhere' || reach.includes(siteId));
  }

  /** @throws {AppError} `access/not-found`, `auth/forbidden` */
  async get<K extends NamedKind>(kind: K, id: string, by: SignedIn): Promise<RuleDocument<K>> {
    const document = find(await this.access.documents(), kind, id);
    if (document.siteId !== null) by.access.require('access:read', document.siteId);
    return document;
  }

  /** @throws {AppError} `auth/forbidden`, `access/unusable`, `access/name-taken` */
  create<K extends NamedKind>(draft: Draft<K>, by: SignedIn): Promise<RuleDocument<K>> {
    by.access.require('access:write', draft.siteId);
    return this.change(async (manager, all) => {
      const now = new Date();
      const document = { ...draft, id: newId(), createdAt: now, updatedAt: now } as RuleDocument<K>;
      await this.keep(manager, document, all);
      await this.account(manager, `${draft.kind}/created`, document, by, { after: contentOf(document) });
      return document;
    });
  }

  /** Puts another document in the place of one; its site stays. @throws as {@link create}, and `access/not-found` */
  replace<K extends NamedKind>(id: string, draft: Draft<K>, by: SignedIn): Promise<RuleDocument<K>> {
    return this.change(async (manager, all) => {
      const before = find(all, draft.kind, id);
      by.access.require('access:write', before.siteId);
      by.access.require('access:write', draft.siteId);
      const document = { ...before, ...draft, updatedAt: new Date() };
      await this.keep(manager, document, all);
      // Others may speak of it from where it can no longer be reached.
      const next = all.with(document);
      await this.refuseProblems(manager, usersOf(draft.kind, id, next), next);
      const content = { before: contentOf(before), after: contentOf(document) };
      await this.account(manager, `${draft.kind}/changed`, document, by, content);
      return document;
    });
  }

  /** @throws {AppError} `access/not-found`, `auth/forbidden`, `access/in-use` */
  remove(kind: NamedKind, id: string, by: SignedIn): Promise<void> {
    return this.change(async (manager, all) => {
      const document = find(all, kind, id);
      by.access.require('access:write', document.siteId);
      const users = usersOf(kind, id, all);
      if (users.length > 0) throw inUse(users.map((user) => user.name));
      await this.access.delete(manager, kind, id);
      await this.account(manager, `${kind}/deleted`, document, by, { before: contentOf(document) });
    });
  }

  /**
   * Sets what holds for a door or a group, in the caller's words for the account.
   *
   * @param owner whose rules they are; the caller has checked that it exists and may be changed
   */
  set<K extends 'door' | 'group'>(
    owner: { kind: K; id: string; name: string; siteId: string | null },
    definition: Definition<K>,
    by: SignedIn,
  ): Promise<RuleDocument<K>> {
    return this.change(async (manager, all) => {
      const now = new Date();
      const before = all.get(owner.kind, owner.id);
      const document = {
        ...owner,
        definition,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      } as RuleDocument<K>;
      await this.refuseProblems(manager, [document], all.with(document));
      await this.access.put(manager, document);
      const content = { before: before && contentOf(before), after: contentOf(document) };
      await this.account(manager, `${owner.kind}/access-changed`, document, by, content);
      return document;
    });
  }

  /** Tells doors that the rules have changed, last in the caller's transaction. */
  async tell(manager: EntityManager): Promise<void> {
    await this.changes.record(manager, [RULES_CHANGE]);
  }

  private async change<T>(work: (manager: EntityManager, all: RuleDocuments) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await this.access.lock(manager);
      const result = await work(manager, await this.access.documents(manager));
      await this.tell(manager);
      return result;
    });
  }

  private async keep(manager: EntityManager, document: RuleDocument, all: RuleDocuments): Promise<void> {
    const namesake = all
      .alike(document.kind)
      .find(
        (other) =>
          other.id !== document.id &&
          other.siteId === document.siteId &&
          other.name.toLowerCase() === document.name.toLowerCase(),
      );
    if (namesake) throw nameTaken(document.name);
    await this.refuseProblems(manager, [document], all.with(document));
    await this.access.put(manager, document);
  }

  private async refuseProblems(
    manager: EntityManager,
    documents: readonly RuleDocument[],
    all: RuleDocuments,
  ): Promise<void> {
    const world = await this.access.world(manager);
    const issues = documents.flatMap((document) => problemsOf(document, all, world));
    if (issues.length > 0) throw unusable(issues);
  }

  private async account(
    manager: EntityManager,
    action: `${string}/${string}`,
    { id, siteId }: RuleDocument,
    by: SignedIn,
    content: { before?: Record<string, unknown>; after?: Record<string, unknown> },
  ): Promise<void> {
    await this.audit.record(manager, { by, action, subjectId: id, siteId, ...content });
  }
}

function find<K extends AccessRuleKind>(all: RuleDocuments, kind: K, id: string): RuleDocument<K> {
  const document = all.get(kind, id);
  if (!document) throw notFound(WORDS[kind]);
  return document;
}

function contentOf({ name, definition }: RuleDocument): Record<string, unknown> {
  return { name, ...definition };
}
