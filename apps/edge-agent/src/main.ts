import { createInterface } from 'node:readline';
import { FaceCoreError } from '@munjigi/face-core';
import { composeAgent } from './compose';
import { ConfigError, readConfig, readPairing, type AgentConfig } from './config';
import { messageOf } from './domain/agent-error';
import { runDoctor } from './doctor/doctor';
import { createLog } from './log';
import { passwordCommand } from './page/password-command';
import { pairCommand } from './pairing/pair-command';
import { pairIfAsked } from './pairing/pair-if-asked';

/** sysexits.h: the configuration is wrong, and starting again will not help. */
const EXIT_CONFIG = 78;
/** sysexits.h: the command line is wrong. */
const EXIT_USAGE = 64;
/** sysexits.h: try again; supervisors begin it anew. */
const EXIT_RESTART = 75;
/** How long an orderly stop may take before the process ends anyway. */
const STOP_LIMIT_MS = 8000;

async function main(): Promise<void> {
  const [command] = process.argv.slice(2);
  if (command === 'doctor') process.exit(await doctor());
  if (command === 'pair') process.exit(await pair());
  if (command === 'page-password') process.exit(await pagePassword());
  if (command !== undefined) {
    process.stderr.write(
      `Unknown command ${command}. Use pair, page-password, doctor, or none to run the door.\n`,
    );
    process.exit(EXIT_USAGE);
  }
  const config = configOrExit();
  const log = createLog({ level: config.logLevel });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'agent failed unexpectedly');
    process.exit(1);
  });
  const stopping = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      log.info({ signal: name }, 'stopping');
      stopping.abort();
    });
  }
  try {
    await pairIfAsked(config, log, stopping.signal);
    const agent = await composeAgent(config, log);
    if (!stopping.signal.aborted) {
      agent.start();
      log.info({ server: config.serverUrl }, 'agent started');
      await eitherAborts(stopping.signal, agent.restartAsked);
      if (agent.restartAsked.aborted) {
        log.info('restarting, as the server asked');
        process.exitCode = EXIT_RESTART;
      }
    }
    setTimeout(() => {
      log.error('agent did not stop in time');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    await agent.stop();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    log.fatal({ code, reason: messageOf(error) }, 'agent cannot run');
    process.exit(error instanceof FaceCoreError && code === 'models/unknown' ? EXIT_CONFIG : 1);
  }
}

function eitherAborts(...signals: AbortSignal[]): Promise<void> {
  const either = AbortSignal.any(signals);
  return new Promise((resolve) => {
    if (either.aborted) resolve();
    else either.addEventListener('abort', () => resolve());
  });
}

function pair(): Promise<number> {
  return pairCommand(process.argv.slice(3), readPairing(), (line) => process.stdout.write(line));
}

function pagePassword(): Promise<number> {
  return passwordCommand({
    args: process.argv.slice(3),
    data: readPairing().data,
    read: async () => {
      const lines = createInterface({ input: process.stdin });
      for await (const line of lines) return line;
      return '';
    },
    print: (line) => process.stdout.write(line),
  });
}

function doctor(): Promise<number> {
  return runDoctor({
    print: (line) => process.stdout.write(`${line}\n`),
    // What the parts log is told in the findings.
    log: createLog({ level: 'silent' }),
  });
}

function configOrExit(): AgentConfig {
  try {
    return readConfig();
  } catch (error) {
    const log = createLog({ level: 'info' });
    if (error instanceof ConfigError) log.fatal({ problems: error.problems }, 'configuration cannot be used');
    else log.fatal({ err: error }, 'configuration cannot be read');
    process.exit(EXIT_CONFIG);
  }
}

void main();
