import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { noiseBytes } from '../testing/frames';
import { startTestRegistry, type TestRegistry } from '../testing/test-registry';
import { tinyNetwork } from '../testing/tiny-network';
import { openBatch } from './convert/open-batch';
import { sha256Of } from './files';
import { installDemoMedia, installModels } from './install';
import type { LockedPackage, ModelsLock } from './lock';
import type { InstallProgress } from './progress';
import { listModels, verifyModels } from './store';

const CONVERSION = { name: 'onnx-open-batch', input: 'image', outputs: { y: 'embedding' } } as const;
/** Large enough that half of the tarball does not hold it. */
const VIDEO = noiseBytes(300_000);

let registry: TestRegistry;
let root: string;
let directory: string;
let mediaDirectory: string;
let lockPath: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^npm_config_/i.test(name)) delete process.env[name];
  registry = await startTestRegistry('tiny-model', {
    'model/tiny.onnx': tinyNetwork(),
    'media/a.mp4': VIDEO,
  });
  root = await mkdtemp(join(tmpdir(), 'munjigi-install-'));
  directory = join(root, 'models');
  mediaDirectory = join(root, 'media');
  lockPath = join(root, 'project', 'models.lock.json');
  await mkdir(join(root, 'project'));
  await writeFile(
    join(root, 'project', '.npmrc'),
    `registry=${registry.url}\ncache=${join(root, 'npm-cache')}\nfetch-retries=0\n`,
  );
  await writeFile(join(root, 'project', 'package.json'), '{}');
  await writeLock(lock());
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await registry.close();
  await rm(root, { recursive: true });
});

function lock(): ModelsLock {
  const source: LockedPackage = {
    spec: 'tiny-model@1.0.0',
    integrity: registry.integrity,
    bytes: registry.bytes,
    licence: 'MIT',
    licenceTruth: 'Made for a test.',
  };
  const converted = openBatch(tinyNetwork(), CONVERSION);
  return {
    lockVersion: 1,
    packages: [source],
    entries: [
      {
        kind: 'embedder',
        id: 'tiny-12',
        package: source.spec,
        path: 'model/tiny.onnx',
        sourceSha256: sha256Of(tinyNetwork()),
        conversion: CONVERSION,
        file: 'tiny-12.onnx',
        sha256: sha256Of(converted),
        bytes: converted.length,
        input: 'image',
        pixels: { channelOrder: 'rgb', mean: 0, scale: 1 },
        outputs: { embedding: 'embedding' },
        dimension: 12,
        similarityMin: 0.5,
      },
      {
        kind: 'media',
        id: 'videos',
        package: source.spec,
        files: [{ path: 'media/a.mp4', file: 'a.mp4', sha256: sha256Of(VIDEO), bytes: VIDEO.length }],
      },
    ],
  };
}

async function writeLock(content: ModelsLock): Promise<void> {
  await writeFile(lockPath, JSON.stringify(content));
}

/** The files of a folder that are no lock and no leftover. */
async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith('.'));
}

function installInChild(): ChildProcess {
  const script = join(__dirname, '..', 'testing', 'install-models.ts');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, JSON.stringify({ directory, lockPath, mediaDirectory })],
    { stdio: 'inherit' },
  );
  children.push(child);
  return child;
}

describe('installModels', () => {
  it('fetches, converts and verifies what the lock names, and says how it gets on', async () => {
    const said: InstallProgress[] = [];

    await installModels({ directory, lockPath, onProgress: (progress) => said.push(progress) });

    expect(await filesIn(directory)).toEqual(['tiny-12.onnx']);
    await verifyModels({ directory, lockPath });
    expect(said.map(({ step }) => step)).toEqual(expect.arrayContaining(['fetch', 'convert', 'ready']));
    expect(said.filter(({ step }) => step === 'fetch').at(-1)).toMatchObject({
      done: registry.bytes,
      total: registry.bytes,
    });
    expect(await listModels({ directory, mediaDirectory, lockPath })).toMatchObject([
      { id: 'tiny-12', installed: true, dimension: 12, licenceTruth: 'Made for a test.' },
      { id: 'videos', installed: false },
    ]);
  });

  it('asks nobody when all is in place', async () => {
    await installModels({ directory, lockPath });
    const before = registry.requests.length;

    await installModels({ directory, lockPath });

    expect(registry.requests.length).toBe(before);
  });

  it('replaces a file that was damaged', async () => {
    await installModels({ directory, lockPath });
    await writeFile(join(directory, 'tiny-12.onnx'), 'broken');
    await expect(verifyModels({ directory, lockPath })).rejects.toMatchObject({ code: 'models/corrupt' });

    await installModels({ directory, lockPath });

    await verifyModels({ directory, lockPath });
  });

  it('refuses a package with one bit flipped on the way', async () => {
    registry.tampers = true;

    await expect(installModels({ directory, lockPath })).rejects.toMatchObject({
      code: 'models/integrity',
      message: expect.stringContaining(`expected ${registry.integrity}, got sha512-`),
    });
    expect(await filesIn(directory)).toEqual([]);
  });

  it('refuses a package with another hash and says which', async () => {
    const other = lock();
    const wrong = `sha512-${'A'.repeat(86)}==`;
    await writeLock({
      ...other,
      packages: other.packages.map((source) => ({ ...source, integrity: wrong })),
    });

    await expect(installModels({ directory, lockPath })).rejects.toMatchObject({
      code: 'models/integrity',
      message: expect.stringMatching(/tiny-model@1\.0\.0.*expected sha512-AAA.*got sha512-/),
    });
    expect(await filesIn(directory)).toEqual([]);
  });

  it.each([
    ['file in the package', 'sourceSha256', 'models/integrity', /model\/tiny\.onnx/],
    ['result', 'sha256', 'models/corrupt', /tiny-12\.onnx/],
  ])('refuses a %s with another hash, naming it', async (_, field, code, name) => {
    const other = lock();
    const entries = other.entries.map((entry) =>
      entry.kind === 'media' ? entry : { ...entry, [field]: '0'.repeat(64) },
    );
    await writeLock({ ...other, entries });

    const failure = installModels({ directory, lockPath });

    await expect(failure).rejects.toMatchObject({ code, message: expect.stringMatching(name) });
    await expect(failure).rejects.toThrow(/expected sha256 0{64}, got [0-9a-f]{64}/);
    expect(await filesIn(directory)).toEqual([]);
  });

  it('says what to do when the registry does not answer', async () => {
    await writeFile(join(root, 'project', '.npmrc'), `registry=http://127.0.0.1:9/\ncache=${join(root, 'c')}\nfetch-retries=0\n`); // prettier-ignore

    await expect(installModels({ directory, lockPath })).rejects.toMatchObject({
      code: 'models/unreachable',
      retryable: true,
      message: expect.stringMatching(/tiny-model.*ECONNREFUSED.*registry and proxy/),
    });
  });

  it('names what exists when asked for a model that does not', async () => {
    await expect(installModels({ directory, lockPath, only: ['huge'] })).rejects.toMatchObject({
      code: 'models/unknown',
      message: expect.stringMatching(/huge.*tiny-12, videos/),
    });
  });

  it('says so when the folder cannot be written', async () => {
    await writeFile(join(root, 'occupied'), '');

    await expect(
      installModels({ directory: join(root, 'occupied', 'models'), lockPath }),
    ).rejects.toMatchObject({
      code: 'models/not-writable',
      message: expect.stringContaining('MUNJIGI_MODELS'),
    });
  });

  it('leaves nothing half-written when it is killed, and the next one finishes at once', async () => {
    registry.stalls = true;
    const child = installInChild();
    await registry.stalled();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await filesIn(directory)).toEqual([]);

    registry.stalls = false;
    const started = Date.now();
    await installModels({ directory, lockPath });

    await verifyModels({ directory, lockPath });
    // Not the time after which a silent owner counts as gone.
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(await readdir(directory)).toEqual(['tiny-12.onnx']);
  });

  it('lets two processes install at once, of which one fetches', async () => {
    const ended = [installInChild(), installInChild()].map((child) => once(child, 'exit'));

    expect((await Promise.all(ended)).map(([code]) => code as number)).toEqual([0, 0]);

    await verifyModels({ directory, lockPath });
    expect(registry.requests.filter((url) => url.endsWith('.tgz'))).toHaveLength(1);
  });
});

describe('installDemoMedia', () => {
  it('brings the media, whole', async () => {
    expect(await installDemoMedia({ directory: mediaDirectory, lockPath })).toEqual({
      directory: mediaDirectory,
    });

    expect(new Uint8Array(await readFile(join(mediaDirectory, 'a.mp4')))).toEqual(VIDEO);
  });
});
