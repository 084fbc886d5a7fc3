import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run bench` was asked for. */
export interface BenchOptions {
  readonly suite: 'vision';
  /** Where the results go as JSON. */
  readonly jsonFile?: string;
  /** Rounds that count, for each row. */
  readonly frames: number;
  /** Rows whose name begins with one of these; empty for all. */
  readonly only: readonly string[];
  /** Whether other projects' software is measured beside ours. */
  readonly peers: boolean;
  /** Videos to take frames from; empty for the demo's. */
  readonly videos: readonly string[];
  /** Frames that the memory row runs through. */
  readonly memoryFrames: number;
  /** Whether the library is built first. */
  readonly build: boolean;
}

/** How the command is used; each line one option. */
export const BENCH_USAGE = `npm run bench -- door [--visits N] [--json FILE]
npm run bench -- store [--events N] [--pictures N] [--people N] [--in FOLDER]
npm run bench -- vision [options]
  --json FILE         write the results as JSON too
  --frames N          rounds that count, for each row (default 40)
  --only NAME,…       only rows whose name begins so: detect-cold, detect-steady, detect-overhead,
                      align-embed, embed, search, memory-growth
  --no-peers          measure only our own
  --video FILE        take frames from this video, may be repeated (default: the demo's videos)
  --memory-frames N   frames of the memory row (default 3000; the target is stated for 100000)
  --no-build          measure the library as it was built last
npm run bench -- revoke | sync: the link to doors; each tells its own options`;

const FRAMES_DEFAULT = 40;
const MEMORY_FRAMES_DEFAULT = 3000;

/**
 * Reads the command line.
 *
 * @param args without the program's own path
 * @param cwd folder that relative paths are meant from
 * @throws with what is wrong and how the command is used
 */
export function readBenchOptions(args: readonly string[], cwd: string): BenchOptions {
  const { values, positionals } = parsed(args);
  if (positionals.length !== 1 || positionals[0] !== 'vision') {
    throw new Error(`Name one suite: vision, door, store, revoke or sync.\n\n${BENCH_USAGE}`);
  }
  return {
    suite: 'vision',
    jsonFile: values.json === undefined ? undefined : resolve(cwd, values.json),
    frames: count('--frames', values.frames, FRAMES_DEFAULT),
    only: values.only?.split(',').filter(Boolean) ?? [],
    peers: !values['no-peers'],
    videos: (values.video ?? []).map((video) => resolve(cwd, video)),
    memoryFrames: count('--memory-frames', values['memory-frames'], MEMORY_FRAMES_DEFAULT),
    build: !values['no-build'],
  };
}

/** Whether a row was asked for. */
export function isWanted(options: Pick<BenchOptions, 'only'>, name: string): boolean {
  return options.only.length === 0 || options.only.some((prefix) => name.startsWith(prefix));
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        frames: { type: 'string' },
        only: { type: 'string' },
        'no-peers': { type: 'boolean' },
        video: { type: 'string', multiple: true },
        'memory-frames': { type: 'string' },
        'no-build': { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n\n${BENCH_USAGE}`, { cause });
  }
}

function count(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`${option} is a whole number from 1, not ${text}.\n\n${BENCH_USAGE}`);
  }
  return value;
}
