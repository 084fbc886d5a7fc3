import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readLines, verifyExport, type Verdict } from '@munjigi/audit-chain';
import fc from 'fast-check';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
let publicKey: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  publicKey = (await server.call('GET', '/api/audit/keys')).body.items[0].publicKey;
  for (let index = 0; index < 12; index++) {
    await server.call('POST', '/api/doors', { json: { name: `문 ${index}` } });
  }
  await server.call('POST', '/api/audit/checkpoints');
});
afterAll(() => server.close());

async function exported(query = 'reason=Yearly%20audit'): Promise<Buffer> {
  const answer = await server.call('GET', `/api/audit/export?${query}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  return answer.body as Buffer;
}

/** What is in use, and no garbage. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const verify = (bytes: Uint8Array, key = publicKey): Promise<Verdict> =>
  verifyExport(readLines(once(bytes)), key);

describe('GET /api/audit/export', () => {
  it('is genuine, has every entry, and among them why it was asked for', async () => {
    const bytes = await exported();
    const verdict = await verify(bytes);
    expect(verdict).toMatchObject({ ok: true, header: { from: 1, checkpoint: { publicKey } } });
    const [{ position }] = await server.dataSource.query(
      'SELECT max(position)::int AS position FROM audit_link',
    );
    expect(verdict).toMatchObject({ footer: { count: position, position } });
    const last = JSON.parse(bytes.toString().trim().split('\n').at(-2)!) as { entry: object };
    expect(last.entry).toMatchObject({ action: 'audit/exported', reason: 'Yearly audit' });
  });

  it('of a period begins and ends there, and is genuine alone', async () => {
    const [{ at }] = await server.dataSource.query(
      `SELECT at FROM audit_entry JOIN audit_link ON entry_id = id WHERE position = 5`,
    );
    const from = encodeURIComponent((at as Date).toISOString());
    const verdict = await verify(await exported(`reason=Part&from=${from}`));
    if (!verdict.ok) throw new Error(verdict.fault.what);
    expect(verdict.header.from).toBeGreaterThan(1);
    expect(verdict.header.from).toBeLessThanOrEqual(5);
    const nothing = await verify(await exported('reason=Past&until=2020-01-01T00:00:00Z'));
    expect(nothing).toMatchObject({ ok: true, footer: { count: 0 } });
  });

  it('is never genuine after a change, and says where', async () => {
    const original = await exported();
    const lines = original.toString('utf8').trimEnd().split('\n');
    const line = fc.nat({ max: lines.length - 1 });
    const joined = (parts: readonly string[]) => Buffer.from(`${parts.join('\n')}\n`, 'utf8');
    const mutation = fc.oneof(
      fc
        .record({ at: fc.nat({ max: original.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) })
        .map(({ at, bits }) => {
          const bytes = Buffer.from(original);
          bytes[at] = bytes[at]! ^ bits;
          return bytes;
        }),
      fc.nat({ max: original.length - 1 }).map((length) => original.subarray(0, length)),
      line.map((gone) => joined(lines.filter((_, index) => index !== gone))),
      fc.tuple(line, line).map(([from, to]) => joined(lines.toSpliced(to, 0, lines[from]!))),
      fc.tuple(line, line).map(([a, b]) => joined(lines.with(a, lines[b]!).with(b, lines[a]!))),
    );
    await fc.assert(
      fc.asyncProperty(mutation, async (bytes) => {
        fc.pre(!original.equals(bytes));
        expect(await verify(bytes)).toMatchObject({ ok: false, fault: { line: expect.any(Number) } });
      }),
      { numRuns: 400 },
    );
  });

  it('holds no more in memory than a page, whatever is read of it', async () => {
    await server.asDatabaseOwner(
      `INSERT INTO audit_entry (id, at, actor_kind, actor_name, action, details, digest)
       SELECT gen_random_uuid(), now(), 'system', 'bulk', 'test/bulk', jsonb_build_object('text', repeat('x', 4000)),
         sha256(n::text::bytea) FROM generate_series(1, 16000) AS n`,
      [],
      { triggers: true },
    );
    const before = liveBytes();
    const answer = await fetch(`${server.url}/api/audit/export?reason=Large`, {
      headers: { cookie: server.cookieHeader },
    });
    let [bytes, highest, looks] = [0, 0, 0];
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes < looks * 12_000_000) continue;
      looks += 1;
      highest = Math.max(highest, liveBytes());
    }
    expect(bytes).toBeGreaterThan(64_000_000);
    expect(looks).toBeGreaterThan(4);
    expect(highest - before).toBeLessThan(30_000_000);
  });

  it.each(['', 'reason=ab', 'reason=Fine&from=yesterday'])('refuses ?%s', async (query) => {
    expect(await server.call('GET', `/api/audit/export?${query}`)).toMatchObject({ status: 400 });
  });

  it('is refused to who may read the account but not take it out', async () => {
    const caller = await server.having(['audit:read']);
    expect(await caller.call('GET', '/api/audit/export?reason=Curious')).toMatchObject({ status: 403 });
    expect(await caller.call('GET', '/api/audit')).toMatchObject({ status: 200 });
  });
});
