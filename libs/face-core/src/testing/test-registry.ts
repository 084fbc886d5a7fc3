import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';

/** A package registry on this machine that serves one package, over HTTP as npm speaks it. */
export interface TestRegistry {
  readonly url: string;
  /** npm's hash of the tarball. */
  readonly integrity: string;
  readonly bytes: number;
  /** Requests answered or under way. */
  readonly requests: string[];
  /** While true, a tarball is sent half and no further. */
  stalls: boolean;
  /** While true, a tarball is sent with one bit flipped. */
  tampers: boolean;
  /** Resolves when half a tarball was sent. */
  stalled(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a registry with the package `name@1.0.0` made of the files given. */
export async function startTestRegistry(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<TestRegistry> {
  const tarball = await tarballOf(name, files);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const requests: string[] = [];
  let sayStalled: () => void = () => undefined;
  const stalled = new Promise<void>((resolve) => (sayStalled = resolve));
  const server: Server = createServer((req, res) => {
    requests.push(req.url ?? '');
    if (req.url !== `/${name}/-/${name}-1.0.0.tgz`) {
      const tarballUrl = `${registry.url}${name}/-/${name}-1.0.0.tgz`;
      const version = { name, version: '1.0.0', dist: { integrity, tarball: tarballUrl } };
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }));
    } else if (registry.stalls) {
      res.setHeader('content-length', tarball.length);
      res.write(tarball.subarray(0, tarball.length >> 1), sayStalled);
    } else {
      res.end(registry.tampers ? tampered(tarball) : tarball);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const registry: TestRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    integrity,
    bytes: tarball.length,
    requests,
    stalls: false,
    tampers: false,
    stalled: () => stalled,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return registry;
}

function tampered(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] as number) ^ 1;
  return copy;
}

async function tarballOf(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'munjigi-package-'));
  const contents = { 'package.json': Buffer.from(JSON.stringify({ name, version: '1.0.0' })), ...files };
  for (const [path, bytes] of Object.entries(contents)) {
    const target = join(folder, 'package', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  const file = join(folder, 'package.tgz');
  await create({ gzip: true, cwd: folder, file }, ['package']);
  const tarball = await readFile(file);
  await rm(folder, { recursive: true });
  return tarball;
}
