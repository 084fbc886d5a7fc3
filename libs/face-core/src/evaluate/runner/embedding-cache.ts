import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { FaceOutcome } from './face-outcome';
import { fromRecord, recordBytes, toRecord } from './outcome-record';

/** What embeddings in one file have in common: same configuration, same numbers. */
export interface CacheConfiguration {
  readonly modelId: string;
  /** Hash of everything that changes an embedding: model, detector, options. */
  readonly fingerprint: string;
  readonly dimension: number;
}

const FINGERPRINT_SHOWN = 16;

/**
 * Embeddings of pictures on disk, keyed by the picture's SHA-256: what was computed once is never computed again.
 *
 * One file for each configuration, only ever appended to, so that an interrupted run loses at most its last record.
 * Embeddings are secrets: folder and file are for their owner alone; delete them when they are no longer needed.
 */
export class EmbeddingCache {
  readonly #outcomes = new Map<string, FaceOutcome>();

  private constructor(
    private readonly file: number,
    private readonly dimension: number,
  ) {}

  /** Opens or makes the file of a configuration in a folder. Damaged records are left out and made anew. */
  static open(directory: string, { modelId, fingerprint, dimension }: CacheConfiguration): EmbeddingCache {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, `${modelId}-${fingerprint.slice(0, FINGERPRINT_SHOWN)}.embeddings`);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const cache = new EmbeddingCache(openSync(path, 'a', 0o600), dimension);
    const whole = cache.#load(bytes);
    // What an interrupted write left would shift every record after it.
    if (whole < bytes.length) ftruncateSync(cache.file, whole);
    return cache;
  }

  /** @param key the picture's SHA-256, hex */
  get(key: string): FaceOutcome | undefined {
    return this.#outcomes.get(key);
  }

  /** Keeps an outcome, on disk before it returns. */
  put(key: string, outcome: FaceOutcome): void {
    this.#outcomes.set(key, outcome);
    writeSync(this.file, toRecord({ key, outcome }, this.dimension));
  }

  close(): void {
    closeSync(this.file);
  }

  #load(bytes: Buffer): number {
    const length = recordBytes(this.dimension);
    let at = 0;
    for (; at + length <= bytes.length; at += length) {
      const found = fromRecord(bytes.subarray(at, at + length), this.dimension);
      if (found) this.#outcomes.set(found.key, found.outcome);
    }
    return at;
  }
}
