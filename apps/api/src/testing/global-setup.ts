import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { publishPostgres } from './test-database';

const PROJECT = join(__dirname, '..', '..');

declare global {
  // The only place that jest keeps between its set-up and its teardown.
  var munjigiTestPostgres: ChildProcess | undefined;
}

/** Guarantees a current build, for the tests that start the server as a process, and for all a PostgreSQL and faces. */
export default async function globalSetup(): Promise<void> {
  ensureBuilt();
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'support-process.ts')], {
    cwd: PROJECT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  globalThis.munjigiTestPostgres = child;
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The tests’ PostgreSQL ended with code ${code}.`)));
  });
  publishPostgres(line);
}

function ensureBuilt(): void {
  const built = join(PROJECT, 'dist', 'main.js');
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  const changedAt = Math.max(
    ...readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && !/spec\.ts$/.test(entry.name) && !entry.parentPath.endsWith('testing'),
      )
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
  if (changedAt <= builtAt) return;
  const compiler = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: PROJECT, stdio: 'inherit' });
}
