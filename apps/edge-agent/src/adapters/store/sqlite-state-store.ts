import { doorIdSchema, doorSettingsSchema, placeNameSchema } from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import type {
  StateChange,
  StateStore,
  StoredDoor,
  StoredState,
  StoredTemplate,
  StoredTransform,
} from '../../ports/event-store';
import { transact } from './database';
import { MetaTable } from './meta-table';
import type { TemplateCipher } from './template-cipher';

const storedDoorSchema = z.object({ id: doorIdSchema, name: placeNameSchema, settings: doorSettingsSchema });

interface TemplateRow {
  readonly id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly sealed: Uint8Array;
  readonly transform_id: string | null;
}

/** People, sealed templates and the door's settings in SQLite, for one embedding model. */
export class SqliteStateStore implements StateStore {
  readonly #database: DatabaseSyncInstance;
  readonly #cipher: TemplateCipher;
  readonly #meta: MetaTable;

  /** @param options.modelId templates of another model compare with nothing: a change of model forgets them all. */
  constructor(options: { database: DatabaseSyncInstance; cipher: TemplateCipher; modelId: string }) {
    this.#database = options.database;
    this.#cipher = options.cipher;
    this.#meta = new MetaTable(options.database);
    if (this.#meta.get('model_id') === options.modelId) return;
    transact(this.#database, () => {
      this.#empty();
      this.#meta.set('model_id', options.modelId);
    });
  }

  load(): StoredState {
    const people = this.#database.prepare('SELECT id, name FROM person').all() as {
      id: string;
      name: string;
    }[];
    const rows = this.#database
      .prepare('SELECT id, person_id, model_id, sealed, transform_id FROM template')
      .all();
    const transforms = this.#transforms();
    const templates = (rows as TemplateRow[]).map((row) => this.#open(row));
    const readable = templates.filter((template) => template !== null);
    return {
      appliedRevision: Number(this.#meta.get('applied_revision') ?? 0),
      people,
      templates: readable,
      transforms: transforms.readable,
      unreadableTemplates: templates.length - readable.length + transforms.unreadable,
      door: this.#door(),
    };
  }

  applyPage(page: { empty: boolean; changes: readonly StateChange[]; throughRevision: number }): void {
    transact(this.#database, () => {
      if (page.empty) this.#empty();
      for (const change of page.changes) this.#apply(change);
      this.#meta.set('applied_revision', String(page.throughRevision));
    });
  }

  #apply(change: StateChange): void {
    switch (change.kind) {
      case 'person.put':
        this.#run(
          'INSERT INTO person (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
          change.person.id,
          change.person.name,
        );
        return;
      case 'person.delete':
        this.#run('DELETE FROM template WHERE person_id = ?', change.personId);
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
      case 'door.put':
        this.#meta.set('door', JSON.stringify(change.door));
        return;
    }
  }

  #empty(): void {
    this.#database.exec('DELETE FROM template; DELETE FROM transform; DELETE FROM person;');
    this.#meta.set('applied_revision', '0');
  }

  #door(): StoredDoor | null {
    const json = this.#meta.get('door');
    return json === null ? null : storedDoorSchema.parse(JSON.parse(json));
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
    this.#database.prepare(sql).run(...values);
  }
}
