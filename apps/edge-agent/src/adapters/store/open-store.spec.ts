import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  chainStartText,
  doorPersonSchema,
  doorSettingsSchema,
  eventChainText,
  ruleSetSchema,
  type PushedEvent,
} from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { DatabaseSync } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import type { StateChange } from '../../ports/event-store';
import { embeddingOf, eventDraft, forcedDraft, personChanges } from '../../testing/drafts';
import { temporaryDirectories } from '../../testing/temp-directory';
import { until } from '../../testing/until';
import { openStore, type DoorStore } from './open-store';

const MODEL = 'mobilefacenet-192';
const newDirectory = temporaryDirectories();
const kim = { personId: uuidV7(), templateId: uuidV7(), name: '김민지', embedding: embeddingOf(1) };
const lee = { personId: uuidV7(), templateId: uuidV7(), name: 'Lee', embedding: embeddingOf(2) };

describe('the store', () => {
  let directory: string;
  let store: DoorStore;
  const reopen = (modelId = MODEL): DoorStore => {
    store.close();
    store = openStore({ directory, modelId });
    return store;
  };

  beforeEach(() => {
    directory = newDirectory();
    store = openStore({ directory, modelId: MODEL });
  });
  afterEach(() => store.close());

  describe('outbox', () => {
    it('numbers events from 1 without gaps, also after they were acknowledged and it was opened again', () => {
      const { epoch } = store.events.position;
      expect([1, 2, 3].map(() => store.events.append(eventDraft()).sequence)).toEqual([1, 2, 3]);
      store.events.acknowledge(3);
      expect(store.events.pending(10)).toEqual([]);
      expect(reopen().events.append(eventDraft()).sequence).toBe(4);
      expect(store.events.position).toEqual({ epoch, lastSequence: 4 });
    });

    it('gives events back as they were, in order, and deletes only what was acknowledged', () => {
      const events = [0.1, 0.2, 0.3].map((similarity) => store.events.append(eventDraft({ similarity })));
      store.events.acknowledge(1);
      expect(reopen().events.pending(10)).toEqual(events.slice(1));
      expect(store.events.pending(1)).toEqual([events[1]]);
    });

    it('begins an epoch in which what is pending is numbered anew, under new ids', () => {
      const events = [1, 2, 3].map(() => store.events.append(eventDraft()));
      const { epoch } = store.events.position;
      store.events.acknowledge(1);
      const position = store.events.beginEpoch();
      expect(position.epoch).not.toBe(epoch);
      expect(position.lastSequence).toBe(2);
      const pending = reopen().events.pending(10);
      const renumbered = events
        .slice(1)
        .map((event, index) => ({ ...event, id: pending[index]!.id, sequence: index + 1 }));
      expect(pending).toMatchObject(renumbered.map(({ previousHash: _, ...event }) => event));
      expectChain(position.epoch, pending);
      expect(store.events.chainHash).toBe(hashOf(eventChainText(position.epoch, pending[1]!)));
      expect(pending.map(({ id }) => id)).not.toEqual(events.slice(1).map(({ id }) => id));
    });

    it('knows what must be known at once until that has overtaken, also after it was renumbered', () => {
      for (let count = 0; count < 2; count += 1) {
        store.events.append(eventDraft());
        store.events.append(forcedDraft());
      }
      const urgent = (after = 0) => store.events.urgent(after, 10).map(({ sequence }) => sequence);
      expect([urgent(), urgent(2)]).toEqual([[2, 4], [4]]);
      store.events.acknowledge(1);
      store.events.beginEpoch();
      expect(urgent()).toEqual([1, 3]);
      store.events.overtook(1);
      expect(reopen().events.urgent(0, 10)).toMatchObject([{ sequence: 3, kind: 'door-forced' }]);
      store.events.acknowledge(3);
      expect(urgent()).toEqual([]);
    });

    it('deletes what was acknowledged a part at a time, and gives none of it out meanwhile', async () => {
      for (let count = 0; count < 1_250; count += 1) store.events.append(eventDraft());
      store.events.acknowledge(1_200);
      const database = new DatabaseSync(join(directory, 'agent.db'));
      const rows = (): unknown => database.prepare('SELECT count(*) AS rows FROM outbox').get();
      expect(rows()).toEqual({ rows: 750 });
      expect(store.events.pending(2)).toMatchObject([{ sequence: 1_201 }, { sequence: 1_202 }]);
      expect(store.events.waitingCount).toBe(50);
      store.events.append(eventDraft());
      await until(() => isDeepStrictEqual({ ...(rows() as object) }, { rows: 51 }));
      database.close();
    });

    it('renumbers nothing that was acknowledged and is still there', () => {
      for (let count = 0; count < 1_010; count += 1) store.events.append(eventDraft());
      store.events.acknowledge(1_000);
      expect(store.events.beginEpoch().lastSequence).toBe(10);
      expect(store.events.pending(100).map(({ sequence }) => sequence)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
    });

    it('gives each event the hash of the one before it, also after it was opened again', () => {
      const { epoch } = store.events.position;
      const events = [store.events.append(eventDraft()), store.events.append(eventDraft())];
      store.events.acknowledge(2);
      const again = reopen().events;
      events.push(again.append(eventDraft()));
      expectChain(epoch, events);
      expect(again.chainHash).toBe(hashOf(eventChainText(epoch, events[2]!)));
    });

    it('keeps nothing of an event that could not be written, not even its number', () => {
      store.events.append(eventDraft());
      const impossible = eventDraft({ similarity: 1n as unknown as number });
      expect(() => store.events.append(impossible)).toThrow(/BigInt/);
      expect(store.events.append(eventDraft()).sequence).toBe(2);
    });
  });

  describe('state', () => {
    const door = {
      id: uuidV7(),
      name: 'Main',
      settings: doorSettingsSchema.parse({ unlockMs: 700 }),
      camera: null,
    };

    it('comes back whole after it was opened again', () => {
      const changes = [...personChanges(kim), ...personChanges(lee), { kind: 'door.put' as const, door }];
      store.state.applyPage({ empty: false, changes, throughRevision: 7 });
      const state = reopen().state.load();
      expect(state.appliedRevision).toBe(7);
      expect(state.people).toHaveLength(2);
      expect(state.people).toContainEqual(expect.objectContaining({ id: kim.personId, name: '김민지' }));
      expect(state.templates.find(({ personId }) => personId === kim.personId)?.embedding).toEqual(
        kim.embedding,
      );
      expect(state.unreadableTemplates).toBe(0);
      expect(state.door).toEqual(door);
    });

    it('replaces, deletes a template, and deletes a person with all templates', () => {
      store.state.applyPage({ empty: false, changes: personChanges(kim), throughRevision: 2 });
      store.state.applyPage({
        empty: false,
        throughRevision: 5,
        changes: [
          { kind: 'person.put', person: doorPersonSchema.parse({ id: kim.personId, name: 'Kim' }) },
          ...personChanges({ ...kim, templateId: uuidV7(), name: 'Kim' }),
          { kind: 'template.delete', templateId: kim.templateId },
        ],
      });
      expect(store.state.load()).toMatchObject({ people: [{ name: 'Kim' }], templates: [{}] });
      store.state.applyPage({
        empty: false,
        changes: [{ kind: 'person.delete', personId: kim.personId }],
        throughRevision: 6,
      });
      expect(store.state.load()).toMatchObject({ people: [], templates: [], appliedRevision: 6 });
    });

    it('keeps the access rules and what they know of people, until it is emptied', () => {
      const { people, ...rules } = ruleSetSchema.parse(goldenMessage('ruleSet'));
      const [person] = people;
      if (!person) throw new Error('the golden rules have nobody');
      expect(store.state.load()).toMatchObject({ rules: null, expectsRules: false });
      store.state.expectRules();
      const changes: StateChange[] = [
        { kind: 'person.put', person },
        { kind: 'rules.put', rules },
      ];
      store.state.applyPage({ empty: false, changes, throughRevision: 3 });
      expect(reopen().state.load()).toMatchObject({ rules, people: [person], expectsRules: true });
      store.state.applyPage({ empty: true, changes: [], throughRevision: 0 });
      expect(store.state.load()).toMatchObject({ rules: null, people: [], expectsRules: true });
    });

    it('tells as what its state was pulled, and when a version pulled since that does not say', () => {
      const page = { empty: false, changes: [], throughRevision: 3 };
      store.state.applyPage(page);
      expect(store.state.load().pulledAs).toBeNull();
      store.state.applyPage({ ...page, throughRevision: 4, pulledAs: 'access-rules' });
      store.state.applyPage({ ...page, throughRevision: 4 });
      expect(reopen().state.load().pulledAs).toBe('access-rules');
      store.state.applyPage({ ...page, throughRevision: 5 });
      expect(store.state.load().pulledAs).toBe('');
    });

    it('applies a page as a whole or not at all', () => {
      store.state.applyPage({ empty: false, changes: personChanges(kim), throughRevision: 2 });
      const broken = {
        kind: 'person.put' as const,
        person: { ...doorPersonSchema.parse({ id: lee.personId, name: 'Lee' }), name: null as never },
      };
      expect(() =>
        store.state.applyPage({ empty: true, changes: [...personChanges(lee), broken], throughRevision: 9 }),
      ).toThrow(/NOT NULL/);
      expect(reopen().state.load()).toMatchObject({ appliedRevision: 2, people: [{ name: '김민지' }] });
    });

    it('is emptied for another model, whose templates compare with none of these; events stay', () => {
      store.events.append(eventDraft());
      store.state.applyPage({ empty: false, changes: personChanges(kim), throughRevision: 2 });
      const state = reopen('faceplugin-512').state.load();
      expect(state).toMatchObject({ appliedRevision: 0, people: [], templates: [] });
      expect(store.events.pending(10)).toHaveLength(1);
    });
  });

  describe('secrets', () => {
    it('are on the disk only encrypted, with a key and files for the owner alone', () => {
      store.state.applyPage({ empty: false, changes: personChanges(kim), throughRevision: 2 });
      store.close();
      const plain = Buffer.from(kim.embedding.buffer).subarray(0, 16);
      for (const name of readdirSync(directory)) {
        expect(readFileSync(join(directory, name)).includes(plain)).toBe(false);
      }
      expect(statSync(join(directory, 'device.key')).mode & 0o777).toBe(0o600);
      expect(statSync(join(directory, 'agent.db')).mode & 0o077).toBe(0);
      store = openStore({ directory, modelId: MODEL });
    });

    it('are counted as unreadable under another key', () => {
      store.state.applyPage({ empty: false, changes: personChanges(kim), throughRevision: 2 });
      rmSync(join(directory, 'device.key'));
      expect(reopen().state.load()).toMatchObject({ templates: [], unreadableTemplates: 1 });
    });

    it('are given one by one after their transforms, but the one whose row is damaged, which is counted', () => {
      const transform = { id: uuidV7(), secret: new Uint8Array(64).fill(3) };
      const changes = [...personChanges(kim), ...personChanges(lee)];
      const put = { kind: 'transform.put', transform } as const;
      store.state.applyPage({ empty: false, changes: [...changes, put], throughRevision: 5 });
      store.close();
      const database = new DatabaseSync(join(directory, 'agent.db'));
      const bytes = new Uint8Array(28 + kim.embedding.byteLength);
      database.prepare('UPDATE template SET sealed = ? WHERE id = ?').run(bytes, kim.templateId);
      database.close();
      store = openStore({ directory, modelId: MODEL });
      const given: unknown[] = [];
      const state = store.state.load({
        transform: ({ id }) => given.push(id),
        template: ({ templateId, embedding }) => given.push([templateId, embedding]),
      });
      expect(given).toEqual([transform.id, [lee.templateId, lee.embedding]]);
      expect(state).toMatchObject({ templates: [], unreadableTemplates: 1 });
    });

    it('are closed to others again when somebody opened the key', () => {
      chmodSync(join(directory, 'device.key'), 0o644);
      reopen();
      expect(statSync(join(directory, 'device.key')).mode & 0o777).toBe(0o600);
    });

    it('are not touched with what is no key', () => {
      store.close();
      writeFileSync(join(directory, 'device.key'), 'short');
      expect(() => openStore({ directory, modelId: MODEL })).toThrow(
        expect.objectContaining({ code: 'store/device-key-invalid' }),
      );
      rmSync(join(directory, 'device.key'));
      store = openStore({ directory, modelId: MODEL });
    });
  });

  describe('folder', () => {
    it('serves one agent at a time', () => {
      expect(() => openStore({ directory, modelId: MODEL })).toThrow(
        expect.objectContaining({ code: 'store/in-use' }),
      );
    });

    it('that cannot be made says so', () => {
      const file = join(directory, 'a-file');
      writeFileSync(file, '');
      expect(() => openStore({ directory: join(file, 'data'), modelId: MODEL })).toThrow(
        expect.objectContaining({ code: 'store/unusable' }),
      );
    });

    it('of a newer version is left alone', () => {
      store.close();
      const path = join(directory, 'agent.db');
      const database = new DatabaseSync(path);
      database.exec('PRAGMA user_version = 99');
      database.close();
      expect(() => openStore({ directory, modelId: MODEL })).toThrow(
        expect.objectContaining({ code: 'store/newer' }),
      );
      rmSync(path);
      store = openStore({ directory, modelId: MODEL });
    });

    it('with a damaged database is used anew, in a new epoch, and the damaged file is kept', () => {
      const { epoch } = store.events.position;
      store.close();
      writeFileSync(
        join(directory, 'agent.db'),
        'this was a database once, and then lightning struck'.repeat(200),
      );
      store = openStore({ directory, modelId: MODEL });
      expect(existsSync(store.damagedPath!)).toBe(true);
      expect(store.events.position.epoch).not.toBe(epoch);
      expect(store.events.append(eventDraft()).sequence).toBe(1);
    });
  });
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Each event follows from the one before it, and the first from nothing. */
function expectChain(epoch: string, events: readonly PushedEvent[]): void {
  const hashes = events.map((event) => hashOf(eventChainText(epoch, event)));
  const before = [hashOf(chainStartText(epoch, events[0]!.sequence)), ...hashes.slice(0, -1)];
  expect(events.map(({ previousHash }) => previousHash)).toEqual(before);
}
