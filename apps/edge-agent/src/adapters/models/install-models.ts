import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { AgentError } from '../../domain/agent-error';

const TAIL_CHARS = 400;

/**
 * Fetches, converts and verifies whatever is missing of the models of this release, in a process of its own: converting
 * keeps a processor busy for seconds, and a door must not stand still. A file counts by its hash alone.
 *
 * @param environment of that process; undefined: this process's own
 * @throws {AgentError} `models/not-updated` with the last words of the installer
 */
export async function installModelsApart(environment?: NodeJS.ProcessEnv): Promise<void> {
  const folder = join(dirname(require.resolve('@munjigi/face-core')), 'models');
  const program = ['cli.js', 'cli.ts'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (!program) throw new AgentError('models/not-updated', 'The installer of models is not there.');
  // Its environment, with the models' folder, proxies and the registry in it, is this process's own.
  const child = spawn(process.execPath, [...process.execArgv, program, 'install'], {
    ...{ env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-TAIL_CHARS)));
  // An agent that stops does not wait for it: what is half done is done again.
  child.unref();
  (child.stderr as Socket).unref();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new AgentError('models/not-updated', `The models could not be fetched: ${tail.trim()}`);
}
