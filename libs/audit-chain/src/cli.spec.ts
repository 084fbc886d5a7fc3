import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from './cli';
import { exampleExport, exampleKey } from './testing/example-export';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'munjigi-audit-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function run(lines: string[], ...more: string[]) {
  const path = join(directory, 'export.ndjson');
  await writeFile(path, lines.map((line) => `${line}\n`).join(''));
  let said = '';
  const code = await main(['verify', path, ...more], (text) => (said += text));
  return { code, said };
}

describe('audit verify', () => {
  const lines = exampleExport(5);

  it('ends with 0 for a genuine export', async () => {
    const { code, said } = await run(lines, '--key', exampleKey().publicKey);
    expect([code, said]).toEqual([0, expect.stringContaining('entries 1 to 5')]);
    expect(said).not.toContain('Nobody said');
    expect((await run(lines)).said).toContain('Nobody said');
  });

  it('takes the key from a file', async () => {
    const path = join(directory, 'key.txt');
    await writeFile(path, `${exampleKey().publicKey}\n`);
    expect(await run(lines, '--key', path)).toMatchObject({ code: 0 });
  });

  it('ends with 1 and names the position when an entry is missing, or the key is another', async () => {
    const { code, said } = await run(lines.filter((_, index) => index !== 3));
    expect([code, said]).toEqual([1, expect.stringContaining('position 3 ')]);
    expect(await run(lines, '--key', exampleKey(2).publicKey)).toMatchObject({ code: 1 });
  });

  it.each([
    ['no command', []],
    ['no file', ['verify']],
    ['a file that is not there', ['verify', '/nonexistent/file']],
    ['an option that there is not', ['verify', 'x', '--fast']],
  ])('ends with 2 for %s', async (_, parameters) => {
    expect(await main(parameters, () => undefined)).toBe(2);
  });

  it('ends with 2 for a key that is none', async () => {
    expect(await run(lines, '--key', 'hello')).toMatchObject({ code: 2 });
  });
});
