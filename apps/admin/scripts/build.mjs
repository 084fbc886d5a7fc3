import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Builds the console, then puts what `next build` leaves outside (static files, public) beside the standalone server,
// so that `node .next/standalone/apps/admin/server.js` serves the whole console by itself.
const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const standalone = join(project, '.next/standalone/apps/admin');
const nextCommand = createRequire(import.meta.url).resolve('next/dist/bin/next');

const build = spawnSync(process.execPath, [nextCommand, 'build'], {
  cwd: project,
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
});
if (build.status !== 0) process.exit(build.status ?? 1);

for (const [from, to] of [
  ['.next/static', '.next/static'],
  ['public', 'public'],
]) {
  if (!existsSync(join(project, from))) continue;
  rmSync(join(standalone, to), { recursive: true, force: true });
  cpSync(join(project, from), join(standalone, to), { recursive: true });
}
