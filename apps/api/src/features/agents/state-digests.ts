import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DOOR_PART, PART_BYTES, STATE_PARTS, addToParts, partOf, stateText } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { doorPersonView } from '../access/door-person';
import type { Person } from '../people/person.entity';
import { personEtag } from './etags';

/** Rows that are read at once, so that neither memory nor the event loop is held for long. */
const ROWS_PER_READ = 2_000;
/** A digest is kept up by the change feed; this often it is made anew, so that it also proves the feed itself. */
const ANEW_AFTER_MS = 60 * 60_000;
/** Digests that are kept, 4 KB each. */
const KEPT_MAX = 256;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface Kept {
  readonly revision: number;
  readonly madeAtMs: number;
  readonly parts: Uint8Array;
}

/** Whose state it is: doors of one model that the same groups reach hold the same people and templates. */
export interface Held {
  readonly modelId: string;
  /** In the order of their ids. */
  readonly groupIds: readonly string[];
}

/** What doors must hold of people and templates, as digests of its parts. */
@Injectable()
export class StateDigests {
  /** By what is held; a revision's digest is made once, however many such doors ask. Newest last. */
  private readonly kept = new Map<string, Promise<Kept>>();

  /**
   * The digests of people and templates, those of the door's own part zeros.
   *
   * @param manager of a transaction with repeatable reads that sees the feed end at `revision`
   * @returns a copy, the caller's to change
   */
  async of(manager: EntityManager, held: Held, revision: number): Promise<Uint8Array> {
    const name = [held.modelId, ...held.groupIds].join(' ');
    const before = await this.kept.get(name)?.catch(() => undefined);
    if (before?.revision === revision) return before.parts.slice();
    const making = this.make(manager, held, { revision, before });
    // A transaction that began earlier sees less: what is kept never goes back.
    if (!before || before.revision < revision) this.keep(name, making);
    return (await making).parts.slice();
  }

  private keep(name: string, making: Promise<Kept>): void {
    this.kept.delete(name);
    this.kept.set(name, making);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_MAX) break;
      this.kept.delete(oldest);
    }
  }

  private async make(
    manager: EntityManager,
    held: Held,
    { revision, before }: { revision: number; before: Kept | undefined },
  ): Promise<Kept> {
    const isUsable =
      before && before.revision < revision && performance.now() - before.madeAtMs < ANEW_AFTER_MS;
    const touched = isUsable ? await touchedSince(manager, before.revision) : null;
    const parts = isUsable ? before.parts.slice() : new Uint8Array(STATE_PARTS * PART_BYTES);
    for (const part of touched ?? []) parts.fill(0, part * PART_BYTES, (part + 1) * PART_BYTES);
    await addPeople(manager, parts, { held, touched });
    await addTemplates(manager, parts, { held, touched });
    return { revision, madeAtMs: isUsable ? before.madeAtMs : performance.now(), parts };
  }
}

/** The people of a part, and the templates. */
export async function idsOfPart(
  manager: EntityManager,
  part: number,
  { modelId, groupIds }: Held,
): Promise<{ people: string[]; templates: string[] }> {
  const tail = part.toString(16).padStart(2, '0');
  const [people, templates] = [
    await manager.query<{ id: string }[]>(
      `SELECT id FROM person WHERE right(id::text, 2) = $1 AND ${reachedBy('person.id', '$2')}`,
      [tail, groupIds],
    ),
    await manager.query<{ id: string }[]>(
      `SELECT id FROM template
       WHERE model_id = $3 AND right(id::text, 2) = $1 AND ${reachedBy('template.person_id', '$2')}`,
      [tail, groupIds, modelId],
    ),
  ];
  return { people: people.map(({ id }) => id), templates: templates.map(({ id }) => id) };
}

/** Adds one thing of the door's own part. */
export function addToDoorPart(parts: Uint8Array, text: string): void {
  addToParts(parts, DOOR_PART, hash(text));
}

async function touchedSince(manager: EntityManager, revision: number): Promise<number[]> {
  const rows = await manager.query<{ tail: string }[]>(
    `SELECT DISTINCT right(entity_id::text, 2) AS tail FROM change
     WHERE revision > $1 AND family IN ('person', 'template')`,
    [revision],
  );
  return rows.map(({ tail }) => Number.parseInt(tail, 16));
}

interface Rows {
  readonly held: Held;
  /** The parts that are read; null: all. */
  readonly touched: number[] | null;
}

async function addPeople(manager: EntityManager, parts: Uint8Array, rows: Rows): Promise<void> {
  const given = { sql: PEOPLE, ...rows, more: [] };
  await eachRow<PersonRow>(manager, given, (row) => {
    const etag = personEtag(doorPersonView(row, row.groupIds));
    addToParts(parts, partOf(row.id), hash(stateText.person(row.id, etag)));
  });
}

async function addTemplates(manager: EntityManager, parts: Uint8Array, rows: Rows): Promise<void> {
  const { modelId } = rows.held;
  await eachRow<TemplateRow>(manager, { sql: TEMPLATES, ...rows, more: [modelId] }, (row) =>
    addToParts(parts, partOf(row.id), hash(stateText.template({ ...row, modelId }))),
  );
}

/** Reads rows by id, so many at once. */
async function eachRow<T extends { id: string }>(
  manager: EntityManager,
  { sql, held, touched, more }: Rows & { sql: string; more: readonly unknown[] },
  use: (row: T) => void,
): Promise<void> {
  const tails = touched?.map((part) => part.toString(16).padStart(2, '0')) ?? null;
  if (tails?.length === 0) return;
  for (let after = FIRST_ID; ;) {
    const rows = await manager.query<T[]>(sql, [after, ROWS_PER_READ, tails, held.groupIds, ...more]);
    rows.forEach(use);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_READ) return;
    after = last.id;
  }
}

function hash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

type PersonRow = Pick<Person, 'id' | 'name' | 'status' | 'validFrom' | 'validUntil' | 'extendedDoorTime'> & {
  readonly groupIds: string[];
};

interface TemplateRow {
  readonly id: string;
  readonly personId: string;
  readonly transformId: string | null;
}

function reachedBy(personId: string, groupIds: string): string {
  return `EXISTS (SELECT FROM access_group_member AS member
    WHERE member.person_id = ${personId} AND member.group_id = ANY(${groupIds}::uuid[]))`;
}

const OF_PARTS = `id > $1 AND ($3::text[] IS NULL OR right(id::text, 2) = ANY($3)) ORDER BY id LIMIT $2`;

const PEOPLE = `
  SELECT id, name, status, valid_from AS "validFrom", valid_until AS "validUntil",
    extended_door_time AS "extendedDoorTime",
    ARRAY(SELECT group_id::text FROM access_group_member WHERE person_id = person.id) AS "groupIds"
  FROM person WHERE ${reachedBy('person.id', '$4')} AND ${OF_PARTS}`;

const TEMPLATES = `
  SELECT id, person_id AS "personId", transform_id AS "transformId" FROM template
  WHERE model_id = $5 AND ${reachedBy('template.person_id', '$4')} AND ${OF_PARTS}`;
