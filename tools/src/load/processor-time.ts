import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc in a second; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time that a server and its database have used since they started, s. */
export interface ProcessorTime {
  readonly server: number;
  readonly database: number;
}

interface Process {
  readonly parent: number;
  /** Its own, s. */
  readonly own: number;
  /** Of its children that have ended, s. */
  readonly ended: number;
}

/**
 * What a server and its PostgreSQL have used so far. Unlike time by the clock it hardly depends on what else the machine
 * does. Zero where there is no /proc.
 *
 * @param postmaster the database's first process; each connection is a child of it
 */
export function processorTime(server: number, postmaster: number): ProcessorTime {
  const first = read(postmaster);
  const children = pids()
    .map(read)
    .filter((found) => found?.parent === postmaster);
  const connections = children.reduce((sum, found) => sum + (found?.own ?? 0), 0);
  return {
    server: read(server)?.own ?? 0,
    database: (first?.own ?? 0) + (first?.ended ?? 0) + connections,
  };
}

/** What was used between two looks. */
export function usedBetween(before: ProcessorTime, after: ProcessorTime): ProcessorTime {
  return { server: after.server - before.server, database: after.database - before.database };
}

function pids(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function read(pid: number): Process | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces; the state is the first field after it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const seconds = (...places: number[]) =>
      places.reduce((sum, place) => sum + (fields[place] ?? 0), 0) / TICKS_PER_SECOND;
    return { parent: fields[1] ?? 0, own: seconds(11, 12), ended: seconds(13, 14) };
  } catch {
    return undefined;
  }
}
