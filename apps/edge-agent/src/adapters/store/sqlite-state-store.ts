import {
  doorIdSchema,
  doorPersonSchema,
  doorSettingsSchema,
  placeNameSchema,
  ruleSetSchema,
} from '@munjigi/contracts';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import type {
  StateChange,
  StatePart,
  StateStore,
  StoredDoor,
  StoredPage,
  StoredRules,
  StoredState,
  StoredTemplate,
  StoredTransform,
  TemplateTaker,
} from '../../ports/event-store';
import { transact } from './database';
import { MetaTable, type MetaKey } from './meta-table';
import { SealedCameras } from './sealed-cameras';
import { digestSteps, idsOfPart, isAsWritten, sumOf, type PersonRow, type TemplateRow } from './state-digest';
import type { TemplateCipher } from './template-cipher';

const storedDoorSchema = z.object({ id: doorIdSchema, name: placeNameSchema, settings: doorSettingsSchema });

const storedRulesSchema = ruleSetSchema.omit({ people: true });

const storedEtagSchema = z.tuple([z.string(), z.string()]);

const pulledAsSchema = z.tuple([z.number(), z.string()]);

const ALL_TEMPLATES = 'SELECT id, person_id, model_id, sealed, transform_id FROM template';

type TemplateColumns = [
  id: string,
  personId: string,
  modelId: string,
  Uint8Array,
  transformId: string | null,
];

type EtagKey = Extract<MetaKey, 'door_etag' | 'rules_etag'>;

/** People, sealed templates and the door's settings in SQLite, for one embedding model. */
export class SqliteStateStore implements StateStore {
  readonly #database: DatabaseSyncInstance;
  readonly #cipher: TemplateCipher;
  readonly #meta: MetaTable;
  readonly #cameras: SealedCameras;
  /** A page writes hundreds of rows by the same few. */
  readonly #statements = new Map<string, StatementSyncInstance>();

  /** @param options.modelId templates of another model compare with nothing: a change of model forgets them all. */
  constructor(options: { database: DatabaseSyncInstance; cipher: TemplateCipher; modelId: string }) {
    this.#database = options.database;
    this.#cipher = options.cipher;
    this.#meta = new MetaTable(options.database);
    this.#cameras = new SealedCameras({ meta: this.#meta, cipher: options.cipher });
    if (this.#meta.get('model_id') === options.modelId) return;
    transact(this.#database, () => {
      this.#empty();
      this.#meta.set('model_id', options.modelId);
    });
  }

  load(taker?: TemplateTaker): StoredState {
    const people = this.#database
      .prepare('SELECT id, name, access, etag, sum FROM person')
      .all() as PersonRow[];
    const transforms = this.#transforms();
    const templates: StoredTemplate[] = [];
    if (taker) for (const transform of transforms.readable) taker.transform(transform);
    const unreadable = this.#readTemplates((template) =>
      taker ? taker.template(template) : templates.push(template),
    );
    const appliedRevision = Number(this.#meta.get('applied_revision') ?? 0);
    return {
      appliedRevision,
      pulledAs: this.#pulledAs(appliedRevision),
      // A row that is not as it was written is nobody until the server has said again who it is.
      people: people
        .filter(isAsWritten)
        .map(({ id, name, access }) =>
          doorPersonSchema.parse({ ...(JSON.parse(access) as object), id, name }),
        ),
      templates,
      transforms: transforms.readable,
      unreadableTemplates: unreadable + transforms.unreadable,
      door: this.#door(),
      expectsRules: this.#meta.get('expects_rules') === 'true',
      rules: this.#rules(),
    };
  }

  expectRules(): void {
    this.#meta.set('expects_rules', 'true');
  }

  digest(): Generator<undefined, Uint8Array<ArrayBuffer>> {
    return digestSteps({
      database: this.#database,
      openTemplate: (row) => this.#open(row),
      transformIds: () => this.#transforms().readable.map(({ id }) => id),
      doorEtags: () => ({
        door: this.#doorEtag(),
        rules: this.#etagOf('rules_etag', this.#meta.get('rules')),
      }),
    });
  }

  idsOfPart(part: number): StatePart {
    return idsOfPart(this.#database, part);
  }

  forget(personIds: readonly string[]): void {
    transact(this.#database, () => {
      for (const personId of personIds) {
        this.#run('DELETE FROM template WHERE person_id = ?', personId);
        this.#run('DELETE FROM person WHERE id = ?', personId);
      }
    });
  }

  applyPage(page: StoredPage): void {
    transact(this.#database, () => {
      if (page.empty) this.#empty();
      for (const change of page.changes) this.#apply(change);
      this.#meta.set('applied_revision', String(page.throughRevision));
      if (page.pulledAs !== undefined) {
        this.#meta.set('pulled_as', JSON.stringify([page.throughRevision, page.pulledAs]));
      }
    });
  }

  #apply(change: StateChange): void {
    switch (change.kind) {
      case 'person.put': {
        const { id, name, ...access } = change.person;
        const { etag = null } = change;
        const json = JSON.stringify(access);
        this.#run(
          `INSERT INTO person (id, name, access, etag, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
           SET name = excluded.name, access = excluded.access, etag = excluded.etag, sum = excluded.sum`,
          ...[id, name, json, etag, sumOf(id, name, json, etag)],
        );
        return;
      }
      case 'person.delete':
        this.#run('DELETE FROM template WHERE person_id = ?', change.personId);
        this.#run('DELETE FROM whereabouts WHERE person_id = ?', change.personId);
        this.#run('DELETE FROM presented WHERE person_id = ?', change.personId);
        this.#run('DELETE FROM person WHERE id = ?', change.personId);
        return;
      case 'template.put': {
        const { templateId, personId, modelId, transformId, embedding } = change.template;
        const sealed = this.#cipher.seal(embedding, change.template);
        this.#run(
          `INSERT OR REPLACE INTO template (id, person_id, model_id, sealed, transform_id) VALUES (?, ?, ?, ?, ?)`,
          ...[templateId, personId, modelId, sealed, transformId],
        );
        return;
      }
      case 'template.delete':
        this.#run('DELETE FROM template WHERE id = ?', change.templateId);
        return;
      case 'transform.put': {
        const { id, secret } = change.transform;
        const sealed = this.#cipher.sealSecret(secret, id);
        this.#run('INSERT OR REPLACE INTO transform (id, sealed) VALUES (?, ?)', id, sealed);
        return;
      }
      case 'transform.delete':
        this.#run('DELETE FROM template WHERE transform_id = ?', change.transformId);
        this.#run('DELETE FROM transform WHERE id = ?', change.transformId);
        return;
      case 'door.put': {
        const { camera, ...door } = change.door;
        this.#meta.set('door', JSON.stringify(door));
        this.#cameras.set('camera', camera);
        this.#keepEtag('door_etag', change.etag, this.#doorContent());
        return;
      }
      case 'rules.put':
        this.#meta.set('rules', JSON.stringify(change.rules));
        this.#keepEtag('rules_etag', change.etag, this.#meta.get('rules'));
        return;
    }
  }

  #empty(): void {
    this.#database.exec('DELETE FROM template; DELETE FROM transform; DELETE FROM person;');
    this.#meta.set('applied_revision', '0');
    this.#meta.set('rules', 'null');
  }

  /** A version that does not know of this moves the revision alone, which shows in its being another. */
  #pulledAs(appliedRevision: number): string | null {
    const json = this.#meta.get('pulled_as');
    if (json === null) return null;
    const [revision, pulledAs] = pulledAsSchema.parse(JSON.parse(json));
    return revision === appliedRevision ? pulledAs : '';
  }

  #keepEtag(key: EtagKey, etag: string | null = null, content: string | null): void {
    if (etag === null) this.#meta.delete(key);
    else this.#meta.set(key, JSON.stringify([etag, sumOf(content, etag)]));
  }

  /** @returns null when the content is not what was written with the etag */
  #etagOf(key: EtagKey, content: string | null): string | null {
    const kept = storedEtagSchema.safeParse(JSON.parse(this.#meta.get(key) ?? 'null'));
    if (!kept.success) return null;
    const [etag, sum] = kept.data;
    return sum === sumOf(content, etag) ? etag : null;
  }

  #doorEtag(): { id: string; etag: string } | null {
    const etag = this.#etagOf('door_etag', this.#doorContent());
    const id = this.#door()?.id;
    return etag === null || id === undefined ? null : { id, etag };
  }

  #doorContent(): string {
    return JSON.stringify([this.#meta.get('door'), this.#meta.get('camera')]);
  }

  #rules(): StoredRules | null {
    const json: unknown = JSON.parse(this.#meta.get('rules') ?? 'null');
    return json === null ? null : storedRulesSchema.parse(json);
  }

  #door(): StoredDoor | null {
    const json = this.#meta.get('door');
    if (json === null) return null;
    return { ...storedDoorSchema.parse(JSON.parse(json)), camera: this.#cameras.get('camera') };
  }

  #transforms(): { readable: StoredTransform[]; unreadable: number } {
    const rows = this.#database.prepare('SELECT id, sealed FROM transform').all() as {
      id: string;
      sealed: Uint8Array;
    }[];
    const readable = rows.flatMap(({ id, sealed }) => {
      const secret = this.#cipher.openSecret(sealed, id);
      return secret ? [{ id, secret }] : [];
    });
    return { readable, unreadable: rows.length - readable.length };
  }

  /** Opens one row after the other, each gone before the next is read. @returns how many did not open */
  #readTemplates(take: (template: StoredTemplate) => void): number {
    const statement = this.#database.prepare(ALL_TEMPLATES);
    statement.setReturnArrays(true);
    let unreadable = 0;
    for (const row of statement.iterate() as Iterable<TemplateColumns>) {
      const [templateId, personId, modelId, sealed, transformId] = row;
      const binding = { templateId, personId, modelId, transformId };
      const embedding = this.#cipher.open(sealed, binding);
      if (embedding) take({ ...binding, embedding });
      else unreadable += 1;
    }
    return unreadable;
  }

  #open(row: TemplateRow): StoredTemplate | null {
    const binding = {
      templateId: row.id,
      personId: row.person_id,
      modelId: row.model_id,
      transformId: row.transform_id,
    };
    const embedding = this.#cipher.open(row.sealed, binding);
    return embedding && { ...binding, embedding };
  }

  #run(sql: string, ...values: (string | Uint8Array | null)[]): void {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    statement.run(...values);
  }
}
