import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Seconds before a program that does not listen is ended by force; what it says is kept so far. */
const TERM_GRACE_MS = 2000;
const SAID_MAX_CHARS = 8000;

/** A program that prints pictures, as it is started. Nothing secret may stand in it: everybody can list processes. */
export interface ProgramToRun {
  readonly path: string;
  readonly args: readonly string[];
  /** Where its pictures come out: some print words of their own to standard output. */
  readonly picturesOn: 'stdout' | 'fd3';
}

/** A running program. */
export interface PictureProgram {
  readonly pictures: Readable;
  /** Resolves once it is gone and all its output was read; never rejects. */
  readonly ended: Promise<{ readonly code: number | null; readonly lastWords: string }>;
  /** Ends it, by force when it does not listen. */
  readonly end: () => void;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in a terminal reaches us, who end it in order. What it
 * says is always read: it never waits for us.
 */
export function startPictureProgram({ path, args, picturesOn }: ProgramToRun): PictureProgram {
  const onThree = picturesOn === 'fd3';
  const child: ChildProcess = spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...(onThree ? ['pipe' as const] : [])],
    detached: true,
  });
  let said = '';
  const hear = (text: string): void => {
    said = (said + text).slice(-SAID_MAX_CHARS);
  };
  child.stderr!.setEncoding('utf8').on('data', hear);
  if (onThree) child.stdout!.setEncoding('utf8').on('data', hear);
  const pictures = (onThree ? child.stdio[3] : child.stdout) as Readable;
  const ended = new Promise<{ code: number | null; lastWords: string }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, lastWords: error.message }));
    child.once('close', (code) => resolve({ code, lastWords: said }));
  });
  let kill: NodeJS.Timeout | undefined;
  void ended.then(() => clearTimeout(kill));
  const end = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    // It may hang in a write that nobody takes any more.
    pictures.resume();
    kill ??= setTimeout(() => child.kill('SIGKILL'), TERM_GRACE_MS);
  };
  return { pictures, ended, end };
}

/** The last line that says anything, or null. */
export function lastLine(text: string): string | null {
  return text.trim().split('\n').at(-1)?.trim() || null;
}
