import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ENTITIES } from '../../entities';
import { KeyRing } from '../../platform/crypto/key-ring';
import { LocalMasterKey } from '../../platform/crypto/master-key';
import { createDataSource } from '../../platform/database/data-source';
import { newId } from '../../platform/database/uuid';
import { TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { littleEndian } from '../people/embedding-bytes';
import { adoptSealedRows } from './adopt-sealed-rows';
import { prepareSecrets } from './prepare-secrets';

const key = randomBytes(32);
const legacy = new LocalMasterKey(key).box;
/** More than one batch. */
const PEOPLE = 230;

/** A direction that belongs to a number. */
function embedding(number: number): Float32Array {
  const values = Float32Array.from({ length: 192 }, (_, index) =>
    Math.sin(number * 7 + index * (1 + number)),
  );
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Leaves the database as the release before keys of people left it. */
async function asBefore(server: TestServer): Promise<Map<string, number>> {
  const templates = new Map<string, number>();
  const query = (sql: string, values: unknown[] = []) => server.dataSource.query(sql, values);
  await query('DELETE FROM template_transform');
  await query(`DELETE FROM change WHERE family = 'transform'`);
  await query('UPDATE deployment SET key_check = $1, master_key_id = NULL', [legacy.keyCheck()]);
  for (let number = 0; number < PEOPLE; number++) {
    const [personId, id] = [newId(), newId()];
    templates.set(id, number);
    await query(`INSERT INTO person (id, name, created_at, updated_at) VALUES ($1, $2, now(), now())`, [
      personId,
      `Person ${number}`,
    ]);
    // A door is sent those who have a way through it: here by the group that everybody is in.
    await query(
      `INSERT INTO access_group_member (person_id, group_id) SELECT $1, id FROM access_rule WHERE kind = 'group'`,
      [personId],
    );
    await query(
      `INSERT INTO template (id, person_id, model_id, origin, sealed_embedding, created_at)
       VALUES ($1, $2, 'mobilefacenet-192', 'photo', $3, now())`,
      [
        id,
        personId,
        legacy.seal(littleEndian(embedding(number)), `template/${id}/${personId}/mobilefacenet-192`),
      ],
    );
    await query('INSERT INTO portrait (person_id, sealed_jpeg, updated_at) VALUES ($1, $2, now())', [
      personId,
      legacy.seal(Buffer.from(`picture ${number}`), `portrait/${personId}`),
    ]);
  }
  return templates;
}

describe('a database of the release before', () => {
  let server: TestServer;
  let templates: Map<string, number>;
  const restart = (given = key) =>
    TestServer.start({ databaseUrl: server.databaseUrl, templateKeys: [given] });

  beforeAll(async () => {
    server = await TestServer.start({ templateKeys: [key] });
    templates = await asBefore(server);
    await server.stop();
  });
  afterAll(() => server.close());

  it('is refused without exactly its key', async () => {
    await expect(restart(randomBytes(32))).rejects.toMatchObject({ code: 'config/other-template-key' });
  });

  it('is half done when a start is stopped in the middle', async () => {
    const source = await createDataSource({ url: server.databaseUrl }, ENTITIES).initialize();
    const ring = await KeyRing.open({
      dataDirectory: '/nonexistent',
      given: [key],
      services: [],
      clustered: false,
    });
    await prepareSecrets(source, ring);
    const transaction = source.transaction.bind(source);
    let batches = 0;
    source.transaction = ((work: (manager: EntityManager) => Promise<unknown>) =>
      transaction(async (manager) => {
        const done = await work(manager);
        if (++batches === 2) throw new Error('killed');
        return done;
      })) as typeof source.transaction;
    await expect(adoptSealedRows(source, ring)).rejects.toThrow('killed');
    const [{ left }] = await source.query(
      'SELECT count(*)::int AS left FROM template WHERE transform_id IS NULL',
    );
    await source.destroy();
    expect(left).toBe(PEOPLE - 200);
  });

  it('is sealed anew at the start, from where an earlier start was stopped, and the doors are told', async () => {
    const after = await (await restart()).signIn();
    const rows = await after.dataSource.query(
      `SELECT count(*) FILTER (WHERE transform_id IS NULL)::int AS left,
         count(*) FILTER (WHERE get_byte(sealed_embedding, 0) = 2)::int AS sealed,
         (SELECT count(*)::int FROM person_key) AS keys,
         (SELECT count(*)::int FROM portrait WHERE get_byte(sealed_jpeg, 0) = 2) AS portraits,
         (SELECT count(*)::int FROM change WHERE family = 'template') AS told FROM template`,
    );
    expect(rows).toEqual([{ left: 0, sealed: PEOPLE, keys: PEOPLE, portraits: PEOPLE, told: PEOPLE }]);

    const { body } = await after.call('POST', '/api/doors', { json: { name: 'Reader' } });
    const agent = await TestAgent.connect(after.url, body.agentToken as string);
    await agent.hello();
    const puts = (await agent.pullAll()).flatMap((change) =>
      change.kind === 'template.put' ? [change.template] : [],
    );
    agent.close();
    expect(puts).toHaveLength(PEOPLE);
    for (const put of puts) {
      const told = new Float32Array(Uint8Array.from(put.embedding).buffer);
      const meant = embedding(templates.get(put.id) ?? -1);
      expect(Math.max(...told.map((value, index) => Math.abs(value - meant[index]!)))).toBeLessThan(1e-6);
    }
    const { body: page } = await after.call('GET', '/api/people?search=Person 17&limit=1');
    const picture = await after.call('GET', page.items[0].portraitUrl as string);
    expect(picture.body.toString()).toBe(`picture ${page.items[0].name.split(' ')[1]}`);
    await after.close();
  });

  it('is left alone by the next start', async () => {
    const again = await restart();
    expect(again.logLines.join('')).not.toContain('sealed anew');
    await again.close();
  });
});
