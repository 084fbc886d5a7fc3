import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing, type KeyRingOptions } from './key-ring';

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'munjigi-keys-'));
});
afterEach(() => rm(dataDirectory, { recursive: true, force: true }));

const open = (changes: Partial<KeyRingOptions> = {}) =>
  KeyRing.open({ dataDirectory, given: [], services: [], clustered: false, ...changes });

describe('KeyRing', () => {
  it('makes a key for its owner alone where there is none, and finds it again', async () => {
    const made = await open();
    const file = join(dataDirectory, 'keys', 'template.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')).toHaveLength(32);
    expect((await open()).newest.id).toBe(made.newest.id);
  });

  it('makes none where one is given', async () => {
    const ring = await open({ given: [randomBytes(32)] });
    expect(ring.all).toHaveLength(1);
    await expect(readdir(join(dataDirectory, 'keys'))).rejects.toThrow('ENOENT');
  });

  it('goes to a new file, which another ring on the folder finds when it is asked for', async () => {
    const [ring, other] = [await open(), await open()];
    const before = ring.newest.id;
    const next = await ring.successorOf(before);
    expect(next.id).not.toBe(before);
    expect(ring.newest.id).toBe(next.id);
    expect((await ring.successorOf(before)).id).toBe(next.id);
    expect((await other.get(next.id)).id).toBe(next.id);
    expect((await other.get(before)).id).toBe(before);
    await expect(other.get('local-0000000000000000')).rejects.toMatchObject({ code: 'crypto/no-master-key' });
  });

  it('puts a retired key aside and does not open with it any more', async () => {
    const ring = await open();
    const before = ring.newest.id;
    const next = await ring.successorOf(before);
    await ring.retire(before);
    expect((await open()).all.map((key) => key.id)).toEqual([next.id]);
    expect(await readdir(join(dataDirectory, 'keys', 'retired'))).toEqual([`${before}.key`]);
    await expect(ring.get(before)).rejects.toMatchObject({ code: 'crypto/no-master-key' });
  });

  it('goes to the newer of two keys that are given, and from a file to a given one', async () => {
    const [newer, older] = [randomBytes(32), randomBytes(32)];
    const fromFile = (await open()).newest.id;
    const ring = await open({ given: [newer, older] });
    const [first, second] = ring.all;
    expect((await ring.successorOf(second!.id)).id).toBe(first!.id);
    expect((await ring.successorOf(fromFile)).id).toBe(first!.id);
    await expect(ring.successorOf(first!.id)).rejects.toMatchObject({ code: 'keys/no-other-key' });
  });

  it('makes no file that other processes could not read', async () => {
    const ring = await open({ clustered: true });
    await expect(ring.successorOf(ring.newest.id)).rejects.toMatchObject({ code: 'keys/no-other-key' });
  });

  it('refuses a file that is no key, and names it', async () => {
    await mkdir(join(dataDirectory, 'keys'));
    await writeFile(join(dataDirectory, 'keys', 'template.key'), 'hello');
    await expect(open()).rejects.toMatchObject({
      code: 'config/template-key',
      message: expect.stringContaining('template.key'),
    });
  });
});
