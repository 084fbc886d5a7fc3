import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { REPOSITORY } from '../system/paths';
import type { Progress } from './terminal';

const BUILT_PROJECTS = 7;
const TAIL_CHARS_MAX = 4000;

/**
 * Builds every project; what has not changed since the last build is not built again.
 *
 * @throws with the end of the build's output when it fails; all of it is in `logFile`
 */
export async function buildAll(logFile: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(
    process.execPath,
    [resolve(REPOSITORY, 'node_modules/.bin/nx'), 'run-many', '-t', 'build', '--output-style=static'],
    {
      cwd: REPOSITORY,
      env: { ...process.env, NODE_ENV: undefined, NX_DAEMON: 'false', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    },
  );
  let tail = '';
  let done = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      tail = (tail + text).slice(-TAIL_CHARS_MAX);
      done += text.match(/✔\s+nx run /g)?.length ?? 0;
      progress(Math.min(done, BUILT_PROJECTS), BUILT_PROJECTS);
    });
  }
  const code = await new Promise<number>((settle, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => settle(exitCode ?? 1));
  });
  log.end();
  if (code !== 0)
    throw new Error(`The build failed. All of its output is in ${logFile}; it ended with:\n${tail}`);
}
