import type { Logger } from 'pino';
import { systemClock } from '../adapters/clock/system-clock';
import { openSource } from '../compose-camera';
import { readConfig, type AgentConfig } from '../config';
import { messageOf } from '../domain/agent-error';
import { examine } from './examine';
import { fail, ok, type Check } from './finding';
import { lockCheck } from './lock-check';
import { dataFolderCheck, linesCheck, memoryCheck, systemCheck, temperatureCheck } from './machine-checks';
import { clockCheck, serverCheck } from './network-checks';
import { cameraCheck, decoderCheck, engineCheck } from './vision-checks';

/** What the doctor works with. */
export interface DoctorOptions {
  /** The process's own unless given. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  readonly log: Logger;
}

/**
 * Examines the machine for whoever installs a door on it: system, settings, folder, networks, decoder, camera, lines,
 * clock, server. Changes nothing but that the data folder exists afterwards; works beside a running agent, except that
 * most cameras show their picture to one program.
 *
 * @returns 0 when the door can work, 1 when something keeps it from it
 */
export async function runDoctor({ environment, print, log }: DoctorOptions): Promise<number> {
  const { config, check } = settings(environment);
  const checks = [systemCheck, memoryCheck, temperatureCheck, check, linesCheck()];
  if (config) checks.push(...configuredChecks(config, log));
  const faults = await examine(checks, print);
  print('');
  print(faults === 0 ? 'This door can work.' : `${faults} ${faults === 1 ? 'fault' : 'faults'} to mend.`);
  return faults === 0 ? 0 : 1;
}

function configuredChecks(config: AgentConfig, log: Logger): Check[] {
  return [
    lockCheck(config.door, config.searchPath),
    dataFolderCheck(config.dataDirectory),
    engineCheck(config),
    decoderCheck(config),
    cameraCheck(() => openSource(config, systemClock, log)),
    clockCheck(config.serverUrl),
    ...(config.serverUrl === null ? [] : [serverCheck(config.serverUrl)]),
  ];
}

function settings(environment?: NodeJS.ProcessEnv): { config: AgentConfig | null; check: Check } {
  const name = 'settings';
  try {
    const config = readConfig(environment);
    return { config, check: { name, run: () => Promise.resolve(ok('complete')) } };
  } catch (error) {
    const advice = 'docs/operations.md names every setting. What depends on them was not examined.';
    return { config: null, check: { name, run: () => Promise.resolve(fail(messageOf(error), advice)) } };
  }
}
