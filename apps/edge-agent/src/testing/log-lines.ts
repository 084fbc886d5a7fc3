import type { Logger } from 'pino';
import { createLog } from '../log';

/** One line of a log. */
export type LogLine = Record<string, unknown> & { readonly msg: string; readonly level: number };

/** A log whose lines a test can read. */
export function readableLog(level = 'debug'): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = createLog({
    level,
    to: { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) },
  });
  return { log, lines };
}
