import { goldenMessage } from '@munjigi/contracts/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

describe('the README’s example', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'munjigi-readme-'));
    const readme = await readFile(join(__dirname, '..', 'README.md'), 'utf8');
    const [, code = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    const source = (library: string) => join(__dirname, '../..', library, 'src/index.ts');
    const program = code
      .replace('@munjigi/access-rules', source('access-rules'))
      .replace('@munjigi/contracts', source('contracts'));
    await writeFile(join(folder, 'example.cts'), program);
    await writeFile(join(folder, 'rules.json'), JSON.stringify(goldenMessage('ruleSet')));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [
      'in office hours',
      '2026-10-01T10:00:00+09:00',
      ['granted matched', 'next from 2026-10-01T01:00:00.000Z'],
    ],
    [
      'on a holiday',
      '2026-12-25T10:00:00+09:00',
      ['denied outside-schedule', 'because of access-level', 'next from 2026-12-26T00:00:00.000Z'],
    ],
  ])('says who passes %s', async (_, instant, said) => {
    const args = ['--require', 'tsx/cjs', join(folder, 'example.cts'), join(folder, 'rules.json'), instant];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout.trim().split('\n')).toEqual(said);
  });
});
