import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../seed/seed-options';

/** What the soak does. */
export interface SoakOptions {
  readonly minutes: number;
  /** What the order and the times of all that goes wrong follow from. */
  readonly seed: number;
  readonly jsonFile?: string;
}

/** How the command is used. */
export const SOAK_USAGE = `npm run soak -- [options]
  --minutes N        how long things go wrong (default 20)
  --seed N           what goes wrong when follows from it (default: new each time, and printed)
  --json FILE        write the results as JSON too`;

/** Reads the command line. @throws with what is wrong and how the command is used */
export function readSoakOptions(args: readonly string[], cwd: string): SoakOptions {
  const values = parsed(args);
  const count = (name: 'minutes' | 'seed', otherwise: number): number =>
    wholeNumber(`--${name}`, values[name], { otherwise, least: 1, usage: SOAK_USAGE });
  return {
    minutes: count('minutes', 20),
    seed: count('seed', (Date.now() % 1_000_000) + 1),
    jsonFile: values.json === undefined ? undefined : resolve(cwd, values.json),
  };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      minutes: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n\n${SOAK_USAGE}`, { cause });
  }
}
