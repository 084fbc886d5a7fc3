import { parseArgs } from 'node:util';

/** What is put into a database. */
export interface SeedContent {
  readonly sites: number;
  readonly doors: number;
  readonly people: number;
  readonly events: number;
  /** Over how many months back the events are spread. */
  readonly months: number;
  /** The end of the last day that has events, ms since 1970. */
  readonly untilMs: number;
  /** The same seed, numbers and end give the same rows. */
  readonly seed: number;
}

/** The command line, read. */
export interface SeedOptions extends SeedContent {
  /** `postgres://…` of a database that a server has prepared. */
  readonly databaseUrl: string;
}

/** How the command is used. */
export const SEED_USAGE = `npm run seed -- --database URL [options]
  --database URL   PostgreSQL of a server that has been started once and holds no data yet
  --sites N        sites (default 10)
  --doors N        doors (default 100)
  --people N       people (default 1000)
  --events N       access events (default 100000)
  --months N       spread over so many months (default 12)
  --until DATE     that end with this day, YYYY-MM-DD (default: yesterday)
  --seed N         what the random numbers follow from (default 1)`;

const DAY_MS = 86_400_000;

/** Reads the command line. @throws with what is wrong and how the command is used */
export function readSeedOptions(args: readonly string[], nowMs: number): SeedOptions {
  const values = parsed(args);
  if (values.database === undefined) throw new Error(`Name a database.\n\n${SEED_USAGE}`);
  const count = (name: Exclude<keyof typeof values, 'database' | 'until'>, otherwise: number, least = 1) =>
    wholeNumber(`--${name}`, values[name], { otherwise, least });
  return {
    databaseUrl: values.database,
    sites: count('sites', 10),
    doors: count('doors', 100),
    people: count('people', 1_000),
    events: count('events', 100_000, 0),
    months: count('months', 12),
    untilMs: untilOf(values.until, nowMs),
    seed: count('seed', 1, 0),
  };
}

/** A count of the command line. @throws when it is none */
export function wholeNumber(
  name: string,
  text: string | undefined,
  { otherwise, least, usage = SEED_USAGE }: { otherwise: number; least: number; usage?: string },
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${name} is a whole number from ${least}, not ${text}.\n\n${usage}`);
}

function untilOf(text: string | undefined, nowMs: number): number {
  if (text === undefined) return Math.floor(nowMs / DAY_MS) * DAY_MS;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(day))
    throw new Error(`--until is a day such as 2026-10-01, not ${text}.\n\n${SEED_USAGE}`);
  return day + DAY_MS;
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        database: text,
        sites: text,
        doors: text,
        people: text,
        events: text,
        months: text,
        until: text,
        seed: text,
      },
    }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n\n${SEED_USAGE}`, { cause });
  }
}
