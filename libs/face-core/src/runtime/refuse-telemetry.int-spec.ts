import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { tinyNetwork } from '../testing/tiny-network';

const run = promisify(execFile);

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'munjigi-home-'));
  await mkdir(join(home, 'tmp'));
  await writeFile(join(home, 'tiny.onnx'), tinyNetwork());
});

afterEach(() => rm(home, { recursive: true }));

/** Files that a process of its own left in its home and temporary folder after it ran some code. */
async function filesLeftBy(code: string): Promise<string[]> {
  const script = join(home, 'script.js');
  await writeFile(script, code);
  const env: NodeJS.ProcessEnv = {
    // Nothing else of ours: the library keeps quiet of itself where it sees the variables of a build server.
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: join(home, 'tmp'),
    // tsx keeps compiled files in the temporary folder; they are no part of this.
    TSX_DISABLE_CACHE: '1',
    // Where the library does want to report, it gets nowhere.
    https_proxy: 'http://127.0.0.1:9',
  };
  await run(process.execPath, ['--import', require.resolve('tsx'), script], { env });
  const left = await readdir(home, { recursive: true, withFileTypes: true });
  return left.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const network = () => JSON.stringify(join(home, 'tiny.onnx'));

describe('refuseTelemetry', () => {
  it('keeps the library from writing down and sending what it is used for', async () => {
    const backend = JSON.stringify(join(__dirname, 'onnxruntime-backend.ts'));
    const left = await filesLeftBy(`
      const { OnnxRuntimeBackend } = require(${backend});
      const { readFileSync } = require('node:fs');
      new OnnxRuntimeBackend().load(readFileSync(${network()}));
    `);

    expect(left.sort()).toEqual(['script.js', 'tiny.onnx']);
  });

  it('is needed: without it the library spools reports', async () => {
    const library = JSON.stringify(require.resolve('onnxruntime-node'));
    const left = await filesLeftBy(`require(${library}).InferenceSession.create(${network()});`);

    expect(left).toContain('onnxruntime.db');
  });
});
