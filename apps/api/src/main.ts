import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { loadConfig } from './config';
import { EXIT_CODES, StartError } from './platform/errors/start-error';
import type { RunningServer } from './server';

/** Longest time that a stop may take; what is still open then is cut off. */
const STOP_TIMEOUT_MS = 20_000;

/**
 * By itself V8 lets garbage grow to three times what is in use before it looks for it: hundreds of MB while a large
 * report is written, for no gain that could be measured.
 */
const HEAP_GROWING_PERCENT = 50;

async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const config = loadConfig();
  // Only now: a wrong setting is told before everything is loaded.
  const { startServer } = await import('./server.js');
  const starting = startServer(config);
  // A signal during the start stops what has been started, once it has.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(starting));
  const server = await starting;
  if (server.setupCode !== null) {
    say(
      `\nNobody can sign in yet. Open ${server.url} and use this set-up code:\n\n  ${server.setupCode}\n\n`,
    );
  }
  say(`Munjigi listens on ${server.url}\n`);
}

async function stop(starting: Promise<RunningServer>): Promise<void> {
  setTimeout(() => process.exit(EXIT_CODES.software), STOP_TIMEOUT_MS).unref();
  try {
    await (await starting).close();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  const told = error instanceof StartError ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${told}\n`);
  process.exit(error instanceof StartError ? error.exitCode : EXIT_CODES.software);
}

function say(text: string): void {
  process.stdout.write(text);
}

main().catch(fail);
