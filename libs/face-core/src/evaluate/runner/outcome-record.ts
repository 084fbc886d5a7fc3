import { crc32 } from 'node:zlib';

import type { FaceOutcome } from './face-outcome';

const KEY_BYTES = 32;
const POINTS = 5;
const KINDS = ['face', 'no-face', 'unreadable'] as const;
const KIND_AT = KEY_BYTES;
const POINTS_AT = KIND_AT + 4;
const EMBEDDING_AT = POINTS_AT + POINTS * 2 * 4;

/** A picture's SHA-256, hex, with what became of it. */
export interface KeyedOutcome {
  readonly key: string;
  readonly outcome: FaceOutcome;
}

/** Length of every record of embeddings of a dimension, in bytes. */
export function recordBytes(dimension: number): number {
  return EMBEDDING_AT + dimension * 4 + 4;
}

/**
 * Writes an outcome as a record of fixed length: key (32 bytes), kind (1, padded to 4), landmarks and embedding as
 * float32, CRC-32 of all that; little-endian.
 */
export function toRecord({ key, outcome }: KeyedOutcome, dimension: number): Buffer {
  const record = Buffer.alloc(recordBytes(dimension));
  record.write(key, 'hex');
  record.writeUInt8(KINDS.indexOf(outcome.kind), KIND_AT);
  if (outcome.kind === 'face') {
    for (const [at, { x, y }] of outcome.landmarks.entries()) {
      record.writeFloatLE(x, POINTS_AT + at * 8);
      record.writeFloatLE(y, POINTS_AT + at * 8 + 4);
    }
    for (const [at, value] of outcome.embedding.entries()) record.writeFloatLE(value, EMBEDDING_AT + at * 4);
  }
  const end = record.length - 4;
  record.writeUInt32LE(crc32(record.subarray(0, end)), end);
  return record;
}

/** Reads a record. @returns undefined when its bytes are not as they were written */
export function fromRecord(record: Buffer, dimension: number): KeyedOutcome | undefined {
  const end = recordBytes(dimension) - 4;
  if (record.length !== end + 4 || record.readUInt32LE(end) !== crc32(record.subarray(0, end)))
    return undefined;
  const key = record.toString('hex', 0, KEY_BYTES);
  const kind = KINDS[record.readUInt8(KIND_AT)];
  if (!kind) return undefined;
  if (kind !== 'face') return { key, outcome: { kind } };
  const landmarks = Array.from({ length: POINTS }, (_, at) => ({
    x: record.readFloatLE(POINTS_AT + at * 8),
    y: record.readFloatLE(POINTS_AT + at * 8 + 4),
  }));
  const embedding = Float32Array.from({ length: dimension }, (_, at) =>
    record.readFloatLE(EMBEDDING_AT + at * 4),
  );
  return { key, outcome: { kind, landmarks, embedding } };
}
