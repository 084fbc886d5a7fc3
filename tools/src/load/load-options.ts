import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../seed/seed-options';

/** What the load run does. */
export interface LoadOptions {
  readonly agents: number;
  readonly people: number;
  readonly events: number;
  readonly months: number;
  /** How long agents send as fast as the server takes it, s. */
  readonly floodSeconds: number;
  /** How long reads are measured without events, and again while events flow, s at least. */
  readonly readSeconds: number;
  /** Requests under way at once while reads are measured, as of so many consoles. */
  readonly readers: number;
  /** Events a second that flow while reads are measured, all agents together. */
  readonly rate: number;
  readonly seed: number;
  readonly jsonFile?: string;
  /** Where the data folder is made; removed at the end. */
  readonly directory?: string;
  /** A data folder that stays, and is measured again as it is when it is filled already. */
  readonly keep?: string;
  /** Where the server's processor profile is written. */
  readonly profileDirectory?: string;
}

/** How the command is used. */
export const LOAD_USAGE = `npm run load -- [options]
  --agents N         simulated agents, one a door (default 1000)
  --people N         people in the database (default 10000)
  --events N         events in the database before the run (default 100000)
  --months N         that those are spread over (default 12)
  --flood-seconds N  agents send as fast as the server takes it (default 20)
  --read-seconds N   reads are measured without events, and again while events flow (default 30)
  --readers N        reads under way at once (default 4)
  --rate N           events a second that flow meanwhile (default 200)
  --seed N           what the random numbers follow from (default 1)
  --json FILE        write the results as JSON too
  --directory DIR    make the temporary data folder there
  --keep DIR         use this data folder, and leave it: what was filled once is measured again
  --profile DIR      write the server's processor profile there`;

/** Reads the command line. @throws with what is wrong and how the command is used */
export function readLoadOptions(args: readonly string[], cwd: string): LoadOptions {
  const values = parsed(args);
  const path = (name: keyof typeof values) =>
    values[name] === undefined ? undefined : resolve(cwd, values[name]);
  const count = (name: keyof typeof values, otherwise: number, least = 1) =>
    wholeNumber(`--${name}`, values[name], { otherwise, least, usage: LOAD_USAGE });
  return {
    agents: count('agents', 1_000),
    people: count('people', 10_000),
    events: count('events', 100_000, 0),
    months: count('months', 12),
    floodSeconds: count('flood-seconds', 20),
    readSeconds: count('read-seconds', 30),
    readers: count('readers', 4),
    rate: count('rate', 200, 0),
    seed: count('seed', 1, 0),
    jsonFile: path('json'),
    directory: path('directory'),
    keep: path('keep'),
    profileDirectory: path('profile'),
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        agents: text,
        people: text,
        events: text,
        months: text,
        'flood-seconds': text,
        'read-seconds': text,
        readers: text,
        rate: text,
        seed: text,
        json: text,
        directory: text,
        keep: text,
        profile: text,
      },
    }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n\n${LOAD_USAGE}`, { cause });
  }
}
