import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { noiseBytes } from '../testing/frames';
import { MINIFASNET } from '../testing/site-cards';
import { poolingNetwork } from '../testing/tiny-network';
import type { ListedModel } from './store';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'munjigi-cli-'));
  await writeFile(join(root, 'card.json'), JSON.stringify(MINIFASNET));
  await writeFile(join(root, 'noise.onnx'), noiseBytes(100));
  const network = poolingNetwork({ input: [1, 3, 80, 80], outputs: { logits: 3 } });
  await writeFile(join(root, 'live.onnx'), network);
});

afterAll(() => rm(root, { recursive: true }));

function models(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, MUNJIGI_MODELS: join(root, 'models') };
  const command = ['--import', 'tsx', join(__dirname, 'cli.ts'), ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const add = (file: string, card: string) => models('add', 'site-live', '--file', join(root, file), '--card', join(root, card)); // prettier-ignore

describe('npm run models', () => {
  it('adds a model, lists and verifies it, and removes it', async () => {
    expect(await add('live.onnx', 'card.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('site-live is ready'),
    });
    const { stdout } = await models('list', '--json');
    expect((JSON.parse(stdout) as ListedModel[]).at(-1)).toMatchObject({
      id: 'site-live',
      added: true,
      source: 'live.onnx',
    });
    expect(await models('verify', 'site-live')).toMatchObject({ code: 0 });
    expect(await models('remove', 'site-live')).toMatchObject({ code: 0 });
    expect(await models('verify', 'site-live')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('models/unknown'),
    });
  });

  it('says that the default calibrations are of no site', async () => {
    const { stdout } = await models('list');

    expect(stdout.match(/Not calibrated on your site\. By default: LFW, .* of one\./g)).toHaveLength(2);
  });

  it('says what is wrong, with the code of the failure', async () => {
    const { stderr, code } = await add('noise.onnx', 'card.json');

    expect(stderr).toContain('models/unreadable: ');
    expect(code).toBe(1);
  });

  it('shows how it is used when a card is not named', async () => {
    expect(await models('add', 'site-live', '--file', 'live.onnx')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('add NAME --file MODEL.onnx --card CARD.json'),
    });
  });
});
