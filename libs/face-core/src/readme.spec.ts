import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { mediaPath } from './testing/media';

/** The README's example as a program that uses these sources. */
async function example(folder: string): Promise<string> {
  const readme = await readFile(join(__dirname, '..', 'README.md'), 'utf8');
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const program = join(folder, 'example.mts');
  await writeFile(
    program,
    code.replace('@munjigi/face-core', pathToFileURL(join(__dirname, 'index.ts')).href),
  );
  return program;
}

describe('the README’s example', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'munjigi-readme-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['knows the enrolled man', 'franck_04117.jpg', 'Welcome, Mina'],
    ['does not know another', 'portrait-male-08.jpg', 'Who is it?'],
  ])('%s', async (_, probe, said) => {
    const args = ['--import', 'tsx', await example(folder), mediaPath('franck_02045.jpg'), mediaPath(probe)];

    const { stdout } = await promisify(execFile)(process.execPath, args);

    expect(stdout.trim()).toBe(said);
  });
});
