import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import type { VideoTrace } from '../protocols/video-trace';

const lineSchema = z.object({
  key: z.string(),
  trace: z.object({
    frames: z.array(
      z.object({ atMs: z.number(), isSeen: z.boolean(), isInRange: z.boolean(), processingMs: z.number() }),
    ),
    decisions: z.array(
      z.object({
        atMs: z.number(),
        reason: z.enum(['matched', 'unknown-person', 'ambiguous', 'gallery-unavailable']),
        personId: z.string().nullable(),
        bestPersonId: z.string().nullable(),
        similarity: z.number().nullable(),
        frames: z.number(),
        processingMs: z.number(),
      }),
    ),
  }),
});

const FINGERPRINT_SHOWN = 16;

/**
 * What a chain did with recordings, on disk, keyed by the recording's SHA-256: a run that was interrupted goes on after
 * the last whole recording.
 *
 * One file of JSON lines for each model, gallery and settings, only ever appended to. It names people and when they
 * passed: folder and file are for their owner alone.
 */
export class TraceCache {
  readonly #traces = new Map<string, VideoTrace>();

  private constructor(private readonly file: number) {}

  /**
   * Opens or makes the file of a configuration in a folder. Damaged lines are left out and made anew.
   *
   * @param of the hash of all that changes a trace
   */
  static open(directory: string, of: { readonly modelId: string; readonly fingerprint: string }): TraceCache {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, `${of.modelId}-${of.fingerprint.slice(0, FINGERPRINT_SHOWN)}.traces`);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const cache = new TraceCache(openSync(path, 'a', 0o600));
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) cache.#load(line);
    // What an interrupted write left would spoil the line after it.
    if (whole.length < text.length) ftruncateSync(cache.file, Buffer.byteLength(whole));
    return cache;
  }

  /** @param key the recording's SHA-256, hex */
  get(key: string): VideoTrace | undefined {
    return this.#traces.get(key);
  }

  /** Keeps a trace, on disk before it returns. */
  put(key: string, trace: VideoTrace): void {
    this.#traces.set(key, trace);
    writeSync(this.file, `${JSON.stringify({ key, trace })}\n`);
  }

  close(): void {
    closeSync(this.file);
  }

  #load(line: string): void {
    try {
      const { key, trace } = lineSchema.parse(JSON.parse(line));
      this.#traces.set(key, trace);
    } catch {
      // It will be made anew.
    }
  }
}
