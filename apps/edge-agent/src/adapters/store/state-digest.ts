import { createHash } from 'node:crypto';
import { DOOR_PART, PART_BYTES, STATE_PARTS, addToParts, partOf, stateText } from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { StatePart, StoredTemplate } from '../../ports/event-store';

/** Rows of one step: a few milliseconds, in which nothing else happens on the event loop. */
const ROWS_PER_STEP = 200;
const SUM_LENGTH = 16;

/** A template's row as it is on the disk. */
export interface TemplateRow {
  readonly id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly sealed: Uint8Array;
  readonly transform_id: string | null;
}

/** A person's row as it is on the disk; one of an earlier version has no etag and no sum. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly access: string;
  readonly etag: string | null;
  readonly sum: string | null;
}

/** What the digest reads, and how. */
export interface DigestSource {
  readonly database: DatabaseSyncInstance;
  /** @returns null when the row does not open */
  readonly openTemplate: (row: TemplateRow) => StoredTemplate | null;
  /** Ids of the transforms that open. */
  readonly transformIds: () => string[];
  /** Etags of what is the door's alone, where the content is what was written. */
  readonly doorEtags: () => { door: { id: string; etag: string } | null; rules: string | null };
}

/** Binds a row to what was written: a row that was changed since has another sum. */
export function sumOf(...values: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, SUM_LENGTH);
}

/** Whether a person's row is what was written. */
export function isAsWritten({ id, name, access, etag, sum }: PersonRow): boolean {
  return sum === null ? etag === null : sum === sumOf(id, name, access, etag);
}

/**
 * The digests of all that is on the disk, row by row as it is there. What is not as it was written makes its part differ
 * from any that the server can have.
 *
 * @returns in steps, so that the caller can let others run between two
 */
export function* digestSteps(source: DigestSource): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const parts = new Uint8Array(STATE_PARTS * PART_BYTES);
  const add = (part: number, text: string) => addToParts(parts, part, hash(text));
  for (const rows of inSteps<PersonRow>(source.database, PEOPLE)) {
    for (const row of rows) {
      const { id, etag } = row;
      add(partOf(id), etag !== null && isAsWritten(row) ? stateText.person(id, etag) : damagedText(id));
    }
    yield;
  }
  for (const rows of inSteps<TemplateRow>(source.database, TEMPLATES)) {
    for (const row of rows) {
      const template = source.openTemplate(row);
      add(partOf(row.id), template ? stateText.template({ ...template, id: row.id }) : damagedText(row.id));
    }
    yield;
  }
  for (const id of source.transformIds()) add(DOOR_PART, stateText.transform(id));
  const { door, rules } = source.doorEtags();
  if (door) add(DOOR_PART, stateText.door(door.id, door.etag));
  if (rules !== null) add(DOOR_PART, stateText.rules(rules));
  return parts;
}

/** The ids of everything on the disk that belongs into a part. */
export function idsOfPart(database: DatabaseSyncInstance, part: number): StatePart {
  const idsOf = (table: 'person' | 'template' | 'transform') =>
    (database.prepare(`SELECT id FROM ${table}`).all() as { id: string }[]).map(({ id }) => id);
  if (part === DOOR_PART) return { people: [], templates: [], transforms: idsOf('transform') };
  const here = (id: string) => partOf(id) === part;
  return { people: idsOf('person').filter(here), templates: idsOf('template').filter(here), transforms: [] };
}

function* inSteps<T extends { id: string }>(database: DatabaseSyncInstance, sql: string): Generator<T[]> {
  const statement = database.prepare(sql);
  for (let after = ''; ;) {
    const rows = statement.all(after, ROWS_PER_STEP) as T[];
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}

function damagedText(id: string): string {
  return `damaged\n${id}`;
}

function hash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

const PEOPLE = 'SELECT id, name, access, etag, sum FROM person WHERE id > ? ORDER BY id LIMIT ?';
const TEMPLATES = `
  SELECT id, person_id, model_id, sealed, transform_id FROM template WHERE id > ? ORDER BY id LIMIT ?`;
