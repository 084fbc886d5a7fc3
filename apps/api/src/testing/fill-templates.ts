import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ChangeFeed, type ChangeOf } from '../platform/change-feed/change-feed';
import { KeyRing } from '../platform/crypto/key-ring';
import { TemplateTransforms } from '../platform/crypto/template-transforms';
import { createDataSource } from '../platform/database/data-source';
import { newId } from '../platform/database/uuid';
import { littleEndian } from '../features/people/embedding-bytes';
import { PersonKeys } from '../features/people/person-keys';

/**
 * A program for measurements: gives everybody in the database of a running server a template of a random face, sealed as
 * enrolment seals it, and tells the change feed of all people.
 *
 * Arguments: the server's data folder, the model, and how many numbers an embedding has.
 */
async function main([dataDirectory = '', modelId = '', dimension = '0']: readonly string[]): Promise<void> {
  const ring = await KeyRing.open({ dataDirectory, given: [], services: [], clustered: false });
  const socket = `${dataDirectory}/postgres/socket`;
  const target = { host: socket, port: 5432, user: 'munjigi', database: 'munjigi' };
  const dataSource = await createDataSource(target, []).initialize();
  const parts = { keys: new PersonKeys(ring), feed: new ChangeFeed(dataSource), modelId };
  const transformId = await new TemplateTransforms(ring).newest(dataSource.manager);
  const people = await dataSource.query<{ id: string }[]>('SELECT id FROM person ORDER BY id');
  for (let from = 0; from < people.length; from += PEOPLE_PER_WRITE) {
    const ids = people.slice(from, from + PEOPLE_PER_WRITE).map(({ id }) => id);
    await dataSource.transaction((manager) =>
      write(manager, ids, { ...parts, transformId, dimension: Number(dimension) }),
    );
  }
  await dataSource.query('ANALYZE template; ANALYZE change; ANALYZE person_key');
  await dataSource.destroy();
}

const PEOPLE_PER_WRITE = 500;

async function write(
  manager: EntityManager,
  personIds: readonly string[],
  given: {
    keys: PersonKeys;
    feed: ChangeFeed;
    modelId: string;
    transformId: string | null;
    dimension: number;
  },
): Promise<void> {
  const { keys, feed, modelId, transformId, dimension } = given;
  await keys.ensure(manager, personIds);
  const rows = personIds.map((personId) => ({ id: newId(), personId, modelId, transformId }));
  const sealed = await keys.with(manager, personIds, (boxOf) =>
    rows.map((row) => boxOf(row.personId).seal(littleEndian(randomDirection(dimension)), contextOf(row))),
  );
  await manager.query(
    `INSERT INTO template (id, person_id, model_id, origin, transform_id, sealed_embedding, created_at)
     SELECT id, person_id, $3, 'photo', $4, sealed, now() FROM unnest($1::uuid[], $2::uuid[], $5::bytea[])
       AS given (id, person_id, sealed)`,
    [rows.map(({ id }) => id), personIds, modelId, transformId, sealed],
  );
  const changes = rows.flatMap(({ id, personId }): ChangeOf[] => [
    { family: 'person', entityId: personId, deleted: false },
    { family: 'template', entityId: id, deleted: false },
  ]);
  await feed.record(manager, changes);
}

/** What the vault binds an embedding to; entities, which it works with, cannot be loaded from source. */
function contextOf(row: {
  id: string;
  personId: string;
  modelId: string;
  transformId: string | null;
}): string {
  return `template/${row.id}/${row.personId}/${row.modelId}/${row.transformId ?? ''}`;
}

function randomDirection(dimension: number): Float32Array {
  const values = Float32Array.from(randomBytes(dimension), (byte) => byte - 127.5);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / length);
}

void main(process.argv.slice(2));
