import Config from '@npmcli/config';
import { definitions, flatten, shorthands } from '@npmcli/config/lib/definitions';
import { dirname, resolve } from 'node:path';
import pacote from 'pacote';
import { Parser, type ReadEntry } from 'tar';

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
 * npm's own libraries fetch it, so the user's registry, proxy, certificates and cache hold.
 *
 * @returns the files by their path
 * @throws {FaceCoreError} `models/integrity` when the registry serves other bytes, `models/unreachable` (retryable)
 *   when it cannot be reached, `models/not-in-package` when a path is not there
 */
export async function fetchFromPackage(
  source: LockedPackage,
  options: FetchOptions,
): Promise<Map<string, Uint8Array>> {
  const npmOptions = await npmConfiguration(options.projectDirectory);
  const wanted = new Set(options.paths);
  let files = new Map<string, Uint8Array>();
  try {
    await pacote.tarball.stream(
      source.spec,
      async (stream) => {
        // npm runs this again when its cache held a broken copy.
        files = new Map();
        await collect(stream, wanted, files, options.onBytes);
      },
      { ...npmOptions, integrity: source.integrity },
    );
  } catch (cause) {
    throw fetchError(source, cause);
  }
  const missing = options.paths.find((path) => !files.has(path));
  if (missing) throw new FaceCoreError('models/not-in-package', `${source.spec} has no file ${missing}.`);
  return files;
}

function collect(
  stream: NodeJS.ReadableStream,
  wanted: ReadonlySet<string>,
  files: Map<string, Uint8Array>,
  onBytes: FetchOptions['onBytes'],
): Promise<void> {
  return new Promise((done, failed) => {
    let bytes = 0;
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry: ReadEntry) => {
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
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      onBytes?.(bytes);
      parser.write(chunk);
    });
    stream.on('error', failed);
    stream.on('end', () => parser.end());
    parser.on('error', failed);
    parser.on('end', () => done());
  });
}

async function npmConfiguration(projectDirectory: string): Promise<Record<string, unknown>> {
  const config = new Config({
    definitions,
    shorthands,
    flatten,
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
  const error = cause as { code?: string; found?: unknown; message?: string };
  if (error.code === 'EINTEGRITY') {
    return new FaceCoreError(
      'models/integrity',
      `${source.spec} is not what was recorded: expected ${source.integrity}, got ${String(error.found)}.`,
      { cause, logLevel: 'error' },
    );
  }
  return new FaceCoreError(
    'models/unreachable',
    `${source.spec} could not be fetched (${error.code ?? error.message ?? 'unknown error'}). ` +
      'Check the registry and proxy settings of npm, then run: npm run models -- install',
    { cause, retryable: true },
  );
}
