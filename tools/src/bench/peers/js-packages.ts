import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { defaultModelsDirectory } from '@munjigi/face-core';

/** Peers from npm, pinned. They are fetched for a benchmark and are no dependencies of the product. */
const PACKAGES = {
  '@vladmandic/human': '3.3.6',
  '@vladmandic/face-api': '1.7.15',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
} as const;

/**
 * Installs the peers into the user's cache, unless they are there. No script of theirs runs on the way.
 *
 * @returns the folder that has them in `node_modules`
 * @throws with npm's words
 */
export async function installJsPeers(): Promise<string> {
  const manifest = JSON.stringify({ private: true, dependencies: PACKAGES }, undefined, 2);
  const digest = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const folder = join(dirname(defaultModelsDirectory()), 'bench-peers', digest);
  if (existsSync(folder)) return folder;
  // Made under another name and moved, so that what was interrupted is never taken for whole.
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  try {
    writeFileSync(join(staging, 'package.json'), manifest);
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    await promisify(execFile)('npm', args, { cwd: staging });
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return folder;
}
