import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../seed/seed-options';

/** What a conformance run does. */
export interface ConformanceOptions {
  /** The scripts to play, by their seeds. */
  readonly count: number;
  readonly seed: number;
  /** Plays this one script alone. */
  readonly replay?: number;
  /** Scripts under way at once. */
  readonly workers: number;
  /** Tries a door on a bad link instead. */
  readonly badLink: boolean;
}

/** How the command is used. */
export const CONFORMANCE_USAGE = `npm run conformance -- [options]
  --scripts N  scripts to play (default 200)
  --seed S     what they follow from (default: a new one, which is printed)
  --replay S   play the one script of this seed, and tell its steps
  --workers N  scripts under way at once (default 5)
  --bad-link   try a door on 64 kbit/s with 2 s there and back and a tenth lost, instead`;

const SEEDS = 2 ** 32;

/** Reads the command line. @throws with what is wrong and how the command is used */
export function readConformanceOptions(args: readonly string[]): ConformanceOptions {
  const values = parsed(args);
  const count = (name: 'scripts' | 'seed' | 'replay' | 'workers', otherwise: number, least: number) =>
    wholeNumber(`--${name}`, values[name], { otherwise, least, usage: CONFORMANCE_USAGE });
  return {
    count: count('scripts', 200, 1),
    seed: count('seed', randomInt(SEEDS), 0),
    replay: values.replay === undefined ? undefined : count('replay', 0, 0),
    workers: count('workers', 5, 1),
    badLink: values['bad-link'] ?? false,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { scripts: text, seed: text, replay: text, workers: text } as const;
    return parseArgs({ args: [...args], options: { ...options, 'bad-link': { type: 'boolean' } } }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n\n${CONFORMANCE_USAGE}`, { cause });
  }
}
