import {
  doorSettingsPatchSchema,
  instantSchema,
  personNameSchema,
  type DoorSettingsPatch,
} from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import type { LocalPerson, LocalState, LocalStore, LocalTemplate } from '../../ports/local-store';
import { transact } from './database';
import { MetaTable } from './meta-table';
import type { TemplateCipher } from './template-cipher';

const sealedPersonSchema = z.object({
  name: personNameSchema,
  validFrom: instantSchema.nullable(),
  validUntil: instantSchema.nullable(),
  passes: z.boolean(),
  createdAt: instantSchema,
});

interface TemplateRow {
  readonly id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly sealed: Uint8Array;
}

/** Local people in SQLite: names, templates and pictures sealed with the device's key, each bound to its row. */
export class SqliteLocalStore implements LocalStore {
  readonly #database: DatabaseSyncInstance;
  readonly #cipher: TemplateCipher;
  readonly #meta: MetaTable;
  readonly #modelId: string;

  constructor(options: { database: DatabaseSyncInstance; cipher: TemplateCipher; modelId: string }) {
    this.#database = options.database;
    this.#cipher = options.cipher;
    this.#modelId = options.modelId;
    this.#meta = new MetaTable(options.database);
  }

  load(): LocalState {
    const people = this.#all<{ id: string; sealed: Uint8Array }>('SELECT id, sealed FROM local_person');
    const templates = this.#all<TemplateRow>('SELECT id, person_id, model_id, sealed FROM local_template');
    const readPeople = people.flatMap((row) => this.#person(row) ?? []);
    const readTemplates = templates.flatMap((row) => this.#template(row) ?? []);
    const unreadable = people.length - readPeople.length + templates.length - readTemplates.length;
    return { people: readPeople, templates: readTemplates, unreadable };
  }

  put({ id, ...person }: LocalPerson, templates: readonly LocalTemplate[] = []): void {
    const sealed = this.#cipher.sealSecret(Buffer.from(JSON.stringify(person), 'utf8'), personBinding(id));
    transact(this.#database, () => {
      this.#run(
        'INSERT INTO local_person (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed',
        ...[id, sealed],
      );
      for (const template of templates) this.#insert(template);
    });
  }

  remove(personId: string): void {
    transact(this.#database, () => {
      this.#run('DELETE FROM local_template WHERE person_id = ?', personId);
      this.#run('DELETE FROM local_person WHERE id = ?', personId);
    });
  }

  photosOf(personId: string): Uint8Array[] {
    const rows = this.#all<{ id: string; photo: Uint8Array }>(
      'SELECT id, photo FROM local_template WHERE person_id = ? ORDER BY id',
      personId,
    );
    return rows.flatMap(({ id, photo }) => this.#cipher.openSecret(photo, photoBinding(id)) ?? []);
  }

  settings(): DoorSettingsPatch {
    const kept: unknown = JSON.parse(this.#meta.get('local_settings') ?? '{}');
    return doorSettingsPatchSchema.parse(kept);
  }

  keepSettings(settings: DoorSettingsPatch): void {
    this.#meta.set('local_settings', JSON.stringify(settings));
  }

  doorId(): string {
    const known = this.#meta.get('local_door_id');
    if (known !== null) return known;
    const made = uuidV7();
    this.#meta.set('local_door_id', made);
    return made;
  }

  #insert({ id, personId, embedding, photo }: LocalTemplate): void {
    const binding = { templateId: id, personId, modelId: this.#modelId, transformId: null };
    this.#run(
      'INSERT INTO local_template (id, person_id, model_id, sealed, photo) VALUES (?, ?, ?, ?, ?)',
      ...[id, personId, this.#modelId],
      this.#cipher.seal(embedding, binding),
      this.#cipher.sealSecret(photo, photoBinding(id)),
    );
  }

  #person({ id, sealed }: { id: string; sealed: Uint8Array }): LocalPerson | null {
    const plain = this.#cipher.openSecret(sealed, personBinding(id));
    if (!plain) return null;
    const parsed = sealedPersonSchema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return parsed.success ? { id, ...parsed.data } : null;
  }

  /** A template of another model compares with nothing, and counts as one that cannot be read. */
  #template({ id, person_id: personId, model_id: modelId, sealed }: TemplateRow) {
    if (modelId !== this.#modelId) return null;
    const embedding = this.#cipher.open(sealed, { templateId: id, personId, modelId, transformId: null });
    return embedding && { id, personId, embedding };
  }

  #all<Row>(sql: string, ...values: string[]): Row[] {
    return this.#database.prepare(sql).all(...values) as Row[];
  }

  #run(sql: string, ...values: (string | Uint8Array)[]): void {
    this.#database.prepare(sql).run(...values);
  }
}

function personBinding(id: string): string {
  return `local-person\n${id}`;
}

function photoBinding(templateId: string): string {
  return `local-photo\n${templateId}`;
}
