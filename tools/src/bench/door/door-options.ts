import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../../seed/seed-options';

/** What is measured of a door. */
export interface DoorBenchOptions {
  /** How often somebody comes into range. */
  readonly visits: number;
  readonly jsonFile?: string;
}

/** How the command is used. */
export const DOOR_BENCH_USAGE = `npm run bench -- door [options]
  --visits N         how often somebody comes into range, every 2 s (default 100)
  --json FILE        write the results as JSON too`;

/** Reads the command line after the suite's name. @throws with what is wrong and how the command is used */
export function readDoorBenchOptions(args: readonly string[], cwd: string): DoorBenchOptions {
  try {
    const options = { visits: { type: 'string' }, json: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const bounds = { otherwise: 100, least: 1, usage: DOOR_BENCH_USAGE };
    return {
      visits: wholeNumber('--visits', values.visits, bounds),
      jsonFile: values.json === undefined ? undefined : resolve(cwd, values.json),
    };
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(message.includes(DOOR_BENCH_USAGE) ? message : `${message}\n\n${DOOR_BENCH_USAGE}`, {
      cause,
    });
  }
}
