import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

const STDERR_KEPT_CHARS = 8000;
const TERM_GRACE_MS = 2000;
const PROBE_LIMIT_MS = 15_000;

/** How an ffmpeg ended: its exit code, null when a signal or a failed start ended it, and its last words. */
export interface FfmpegEnd {
  readonly code: number | null;
  readonly lastWords: string;
}

/** A running ffmpeg. */
export interface FfmpegProcess {
  readonly stdout: Readable;
  /** Resolves once it is gone and all its output was read; never rejects. */
  readonly ended: Promise<FfmpegEnd>;
  /** Ends it, by force when it does not listen. */
  readonly end: () => void;
}

/**
 * Starts ffmpeg with its output on `stdout`; what it says on stderr is always read, so that it never waits for us.
 *
 * It runs in a process group of its own: Ctrl-C in a terminal reaches our process, which ends it in order.
 *
 * @param onSaid gets what it says on stderr as it comes, cut anywhere
 */
export function startFfmpeg(
  path: string,
  args: readonly string[],
  onSaid?: (text: string) => void,
): FfmpegProcess {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_KEPT_CHARS);
    onSaid?.(text);
  });
  const ended = new Promise<FfmpegEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: null, lastWords: error.message }));
    child.once('close', (code) => resolve({ code, lastWords: said }));
  });
  let killTimer: NodeJS.Timeout | undefined;
  void ended.then(() => clearTimeout(killTimer));
  const end = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    // It may hang in a write that nobody takes any more.
    child.stdout.resume();
    killTimer ??= setTimeout(() => child.kill('SIGKILL'), TERM_GRACE_MS);
  };
  return { stdout: child.stdout, ended, end };
}

/** Runs ffmpeg to its end, or for 15 s at most. @returns what it said on stderr. */
export async function runForStderr(
  path: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const ffmpeg = startFfmpeg(path, args);
  ffmpeg.stdout.resume();
  const limit = setTimeout(ffmpeg.end, PROBE_LIMIT_MS);
  signal?.addEventListener('abort', ffmpeg.end);
  if (signal?.aborted) ffmpeg.end();
  const { lastWords } = await ffmpeg.ended;
  clearTimeout(limit);
  signal?.removeEventListener('abort', ffmpeg.end);
  return lastWords;
}
