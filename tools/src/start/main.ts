import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAll } from './build';
import { readStartConfig, type StartConfig } from './config';
import type { DemoSystem } from './demo-system';
import { share, Terminal } from './terminal';

const EXIT_FAILED = 1;
const EXIT_CONFIG = 78;

/** `npm start`: sets up what is missing, starts the demo system, and stays until it is told to stop. */
async function main(): Promise<number> {
  const terminal = new Terminal();
  let config: StartConfig;
  try {
    config = readStartConfig(process.env);
  } catch (error) {
    terminal.line(`These settings cannot be used:\n${(error as Error).message}`);
    return EXIT_CONFIG;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const asked = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));

  let system: DemoSystem | undefined;
  const up = (async () => {
    await setUp(config, terminal, stop.signal);
    if (stop.signal.aborted) return;
    // Loaded only now: on a fresh machine the libraries did not exist before the build.
    const { installDemoMedia } = await import('@munjigi/face-core');
    const { DemoSystem } = await import('./demo-system');
    const media = await terminal.step('Demo videos', (progress) =>
      installDemoMedia({ onProgress: share(progress) }),
    );
    if (stop.signal.aborted) return;
    system = new DemoSystem(config, media, (line) => terminal.line(line));
    await startSystem(system, config, terminal);
  })();
  let exitCode = 0;
  try {
    await Promise.race([up.then(() => asked), asked]);
  } catch (error) {
    terminal.close();
    terminal.line(`\nMunjigi could not start. ${(error as Error).message}`);
    exitCode = EXIT_FAILED;
  }
  up.catch(() => undefined);
  terminal.close();
  if (system) {
    terminal.line('\nStopping …');
    await system.stop();
    terminal.line('Stopped.');
  }
  return exitCode;
}

async function setUp(config: StartConfig, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const buildLog = join(config.dataDirectory, 'logs', 'build.log');
  if (config.build) await terminal.step('Build', (progress) => buildAll(buildLog, progress, signal));
  if (signal.aborted) return;
  const { installModels } = await import('@munjigi/face-core');
  await terminal.step('Models', (progress) => installModels({ onProgress: share(progress) }));
}

async function startSystem(system: DemoSystem, config: StartConfig, terminal: Terminal): Promise<void> {
  await terminal.step('Server', () => system.startServer());
  await terminal.step('Site', () => system.prepareSite(readFile));
  await terminal.step('Doors', () => system.startDoors());
  terminal.line();
  terminal.box([
    'Munjigi is running.',
    '',
    `Open      http://localhost:${config.port}`,
    `E-mail    ${config.adminEmail}`,
    `Password  ${system.adminPassword}`,
    '',
    `Data and logs are in ${config.dataDirectory}`,
    'Ctrl-C stops everything.',
  ]);
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
