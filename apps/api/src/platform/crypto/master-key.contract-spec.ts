import { randomBytes } from 'node:crypto';
import { FakeKeyService } from '../../testing/fake-key-service';
import { KmsMasterKey } from './kms-master-key';
import { LocalMasterKey, type MasterKey } from './master-key';

const service = new FakeKeyService();
let url: string;
beforeAll(async () => {
  url = await service.start();
});
afterAll(() => service.stop());

const kms = (keyName: string, token = service.token) => new KmsMasterKey({ url, keyName, token });

describe.each<[string, () => [MasterKey, MasterKey]]>([
  ['LocalMasterKey', () => [new LocalMasterKey(randomBytes(32)), new LocalMasterKey(randomBytes(32))]],
  ['KmsMasterKey', () => [kms('one'), kms('two')]],
])('%s', (_, make) => {
  const keys = Array.from({ length: 3 }, (__, index) => ({ context: `row/${index}`, key: randomBytes(32) }));

  it('unwraps what it wrapped, in order, and shows none of it', async () => {
    const [master] = make();
    const wrapped = await master.wrap(keys);
    const kept = keys.map(({ context }, index) => ({ context, wrapped: wrapped[index] as Buffer }));
    expect(await master.unwrap(kept)).toEqual(keys.map(({ key }) => Uint8Array.from(key)));
    for (const [index, { key }] of keys.entries()) expect(wrapped[index]?.includes(key)).toBe(false);
    expect(await master.wrap([])).toEqual([]);
    expect(await master.unwrap([])).toEqual([]);
  });

  it('does not unwrap in another row, nor what another wrapped, nor what was changed', async () => {
    const [master, other] = make();
    const [wrapped] = (await master.wrap(keys)) as [Buffer];
    const changed = Buffer.from(wrapped);
    changed[40] = (changed[40] ?? 0) ^ 1;
    for (const [asked, kept] of [
      [master, { context: 'row/9', wrapped }],
      [other, { context: 'row/0', wrapped }],
      [master, { context: 'row/0', wrapped: changed }],
    ] as const) {
      await expect(asked.unwrap([kept])).rejects.toMatchObject({ code: 'crypto/unreadable' });
    }
  });

  it('is known by a name of its own', () => {
    const [master, other] = make();
    expect(master.id).not.toBe(other.id);
    expect(master.id).toMatch(/^(local|kms)-/);
  });
});

describe('KmsMasterKey', () => {
  afterEach(() => {
    service.failWith = null;
    service.answerWith = null;
  });

  it('asks for many in parts', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({
      context: `row/${index}`,
      key: randomBytes(32),
    }));
    const master = kms('many');
    const wrapped = await master.wrap(many);
    const kept = many.map(({ context }, index) => ({ context, wrapped: wrapped[index] as Buffer }));
    expect((await master.unwrap(kept)).at(449)).toEqual(Uint8Array.from(many[449]?.key ?? []));
    expect(service.itemsMax).toBe(200);
  });

  it.each([401, 403, 404, 500, 503])(
    'says that the service cannot be used at an answer of %i',
    async (status) => {
      service.failWith = status;
      await expect(kms('one').wrap([{ context: 'a', key: randomBytes(32) }])).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'crypto/key-service',
      });
    },
  );

  it.each([[{}], [{ items: [] }], [{ items: [{ ciphertext: 7 }] }], ['text']])(
    'does not take %j for an answer',
    async (answer) => {
      service.answerWith = answer;
      await expect(kms('one').wrap([{ context: 'a', key: randomBytes(32) }])).rejects.toMatchObject({
        code: 'crypto/key-service',
      });
    },
  );

  it('says so when nobody listens, and never its token', async () => {
    const gone = new KmsMasterKey({ url: 'http://127.0.0.1:1', keyName: 'one', token: 'very-secret' });
    const refusal = await gone.wrap([{ context: 'a', key: randomBytes(32) }]).catch((error: Error) => error);
    expect(refusal).toMatchObject({ code: 'crypto/key-service' });
    expect(JSON.stringify(refusal)).not.toContain('very-secret');
  });
});
