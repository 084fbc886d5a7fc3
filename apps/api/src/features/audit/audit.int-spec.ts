import { auditChainSchema, auditKeyListSchema, auditPageSchema, type AuditPage } from '@munjigi/contracts';
import { importPublicKey, isCheckpointSigned } from '@munjigi/audit-chain';
import { systemActor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { newId } from '../../platform/database/uuid';
import { until } from '../../testing/until';
import { TestServer } from '../../testing/test-server';
import { holdsText } from './audit.repository';

let server: TestServer;
let audit: Audit;
const [actorId, subjectId] = [newId(), newId()];
let siteId: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  audit = server.running.app.get(Audit);
  siteId = await server.makeSite('North');
  const person = { actorKind: 'administrator', actorId, actorName: 'kim@example.com', address: '192.0.2.7' };
  const { manager } = server.dataSource;
  const system = systemActor('retention');
  await audit.record(manager, {
    by: person as never,
    action: 'test/one',
    siteId,
    after: { colour: '100%_red' },
  });
  await audit.record(manager, { by: person as never, action: 'test/two', subjectId, reason: 'Because' });
  await audit.record(manager, {
    by: system,
    action: 'testing/three',
    siteId: await server.makeSite('South'),
  });
});
afterAll(() => server.close());

async function list(query: string, caller: Pick<TestServer, 'call'> = server): Promise<AuditPage> {
  const answer = await caller.call('GET', `/api/audit?${query}`);
  expect([query, answer.status]).toEqual([query, 200]);
  return auditPageSchema.parse(answer.body);
}

const actions = (page: AuditPage) => page.items.map((item) => item.action);

describe('GET /api/audit', () => {
  it('tells who did what, newest first, with its place', async () => {
    const { items } = await list('');
    expect(items.map((item) => item.position)).toEqual(items.map((_, index) => items.length - index));
    expect(items.find((item) => item.action === 'test/two')).toMatchObject({
      actor: { kind: 'administrator', id: actorId, name: 'kim@example.com', address: '192.0.2.7' },
      subjectId,
      siteId: null,
      reason: 'Because',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['action=test/one', ['test/one']],
    ['action=test/', ['test/two', 'test/one']],
    [`actorId=${actorId}`, ['test/two', 'test/one']],
    [`subjectId=${subjectId}`, ['test/two']],
    ['actorKind=system&action=testing/', ['testing/three']],
    ['text=because', ['test/two']],
    ['text=100%25_RED', ['test/one']],
    ['text=100%25ered', []],
    ['until=2020-01-01T00:00:00Z', []],
    [`action=test/&from=2020-01-01T00:00:00Z`, ['test/two', 'test/one']],
  ])('finds by %s', async (query, expected) => {
    expect(actions(await list(query))).toEqual(expected);
  });

  it('finds a text by an index', async () => {
    const plan = await server.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      return manager.query<object[]>(`EXPLAIN SELECT FROM audit_entry AS entry WHERE ${holdsText('$1')}`, [
        '%because%',
      ]);
    });
    expect(JSON.stringify(plan)).toContain('audit_entry_text_idx');
  });

  it('finds by site', async () => {
    expect(actions(await list(`siteId=${siteId}`))).toEqual(['test/one']);
  });

  it('comes in pages without loss or repetition', async () => {
    const all = (await list('limit=200')).items.map((item) => item.id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: AuditPage = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
  });

  it('shows an auditor of one site what concerns that site, and nothing else', async () => {
    const caller = await server.as('auditor', siteId);
    expect(actions(await list('', caller))).toEqual(['test/one']);
    expect(actions(await list(`subjectId=${subjectId}`, caller))).toEqual([]);
  });

  it.each(['limit=0', 'action=one', 'actorId=17', 'cursor=abc', 'text=', 'from=yesterday', 'actorKind=god'])(
    'refuses %s',
    async (query) => {
      expect(await server.call('GET', `/api/audit?${query}`)).toMatchObject({ status: 400 });
    },
  );
});

describe('what is signed', () => {
  it('can be pinned, and is genuine', async () => {
    const { body } = await server.call('GET', '/api/audit/keys');
    const [key] = auditKeyListSchema.parse(body).items;
    expect(importPublicKey(key!.publicKey).asymmetricKeyType).toBe('ed25519');
    const made = await server.call('POST', '/api/audit/checkpoints');
    expect(made).toMatchObject({ status: 201, body: { keyId: key!.id, publicKey: key!.publicKey } });
    expect(isCheckpointSigned(key!.publicKey, made.body, made.body.signature)).toBe(true);
    const forged = { ...made.body, position: made.body.position - 1 };
    expect(isCheckpointSigned(key!.publicKey, forged, made.body.signature)).toBe(false);
    const chain = auditChainSchema.parse((await server.call('GET', '/api/audit/chain')).body);
    expect(chain.checkpoint).toEqual(made.body);
    expect((await list('action=audit/signed')).items[0]?.position).toBe(made.body.position);
  });

  it.each([
    ['GET', '/api/audit/chain'],
    ['POST', '/api/audit/checkpoints'],
    ['GET', '/api/audit/export?reason=Curious'],
  ])('is the whole organisation’s: 403 for %s %s to an auditor of one site', async (method, path) => {
    const caller = await server.as('auditor', siteId);
    expect(await caller.call(method, path)).toMatchObject({ status: 403 });
  });
});

describe('the jobs of the account', () => {
  const run = async (name: string) => {
    const before = await doneCount(name);
    await server.dataSource.query('UPDATE job_schedule SET next_at = now() WHERE name = $1', [name]);
    await until(`${name} to be done`, async () => (await doneCount(name)) > before);
  };
  const doneCount = async (name: string): Promise<number> =>
    (await server.dataSource.query<unknown[]>(`SELECT 1 FROM job WHERE name = $1 AND state = 'done'`, [name]))
      .length;
  const chain = async () => auditChainSchema.parse((await server.call('GET', '/api/audit/chain')).body);

  it('sign it and check it, what is new and as a whole, and find what was changed until it is well again', async () => {
    await run('audit/checkpoint');
    const signed = await chain();
    expect(signed.checkpoint?.position).toBe(signed.position);
    await run('audit/check-new');
    expect((await chain()).checked?.position).toBe(signed.position);
    await server.asDatabaseOwner(`UPDATE audit_entry SET reason = 'Other' WHERE reason = 'Because'`);
    await run('audit/check-whole');
    const [{ position }] = await server.dataSource.query(
      `SELECT position::int FROM audit_link JOIN audit_entry ON entry_id = id WHERE reason = 'Other'`,
    );
    expect((await chain()).fault).toMatchObject({ position });
    expect(server.logLines.join('')).toContain('the account is not as it was written');
    await server.asDatabaseOwner(`UPDATE audit_entry SET reason = 'Because' WHERE reason = 'Other'`);
    await run('audit/check-new');
    expect((await chain()).fault).toBeNull();
  });
});
