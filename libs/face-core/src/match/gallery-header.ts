import { createHash } from 'node:crypto';
import { FaceCoreError } from '../errors';
import { paddedLength } from './quantize';

/**
 * The first page of a gallery file, little-endian:
 *
 * | byte | what |
 * |---|---|
 * | 0 | magic: 89 4D 4A 47 0D 0A 1A 0A, which a transfer as text breaks |
 * | 8 | uint32 version, 1 |
 * | 12 | uint32 bytes of this header, 4096 |
 * | 16 | uint32 dimension |
 * | 20 | uint32 numbers in a row, the dimension rounded up to 16 |
 * | 24 | uint64 templates |
 * | 32 | uint64 bytes of ids, which follow this header |
 * | 40 | uint64 where the rows start, a multiple of 4096; zeros fill the gap |
 * | 48 | uint64 bytes of the file, which ends with the rows |
 * | 56 | SHA-256 of ids and gap |
 * | 88 | SHA-256 of rows |
 * | 120 | uint32 bytes of the model's id, at most 3072, then the id in UTF-8 |
 * | 4064 | SHA-256 of the bytes before |
 *
 * Ids: for each template two uint16 byte counts, `templateId`, `personId`, both UTF-8. Rows: float32, L2-normalised,
 * in the same order.
 */
export interface GalleryHeader {
  readonly modelId: string;
  readonly dimension: number;
  readonly count: number;
  readonly idsBytes: number;
  readonly idsDigest: Buffer;
  readonly rowsDigest: Buffer;
}

/** Bytes of the header, and what the rows are aligned to. */
export const HEADER_BYTES = 4096;

const MAGIC = Buffer.from([0x89, 0x4d, 0x4a, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const VERSION = 1;
const DIGEST_BYTES = 32;
const HEADER_DIGEST_AT = HEADER_BYTES - DIGEST_BYTES;
const MODEL_ID_BYTES_MAX = 3072;
const BYTES_PER_FLOAT = 4;

/** Where the rows start in a file with so many bytes of ids. */
export function rowsStart(idsBytes: number): number {
  return Math.ceil((HEADER_BYTES + idsBytes) / HEADER_BYTES) * HEADER_BYTES;
}

/** Bytes of all rows of a file. */
export function rowsBytes({ count, dimension }: Pick<GalleryHeader, 'count' | 'dimension'>): number {
  return count * paddedLength(dimension) * BYTES_PER_FLOAT;
}

/** Makes the header's page. */
export function encodeHeader(header: GalleryHeader): Buffer {
  const page = Buffer.alloc(HEADER_BYTES);
  const modelId = Buffer.from(header.modelId);
  const rowsAt = rowsStart(header.idsBytes);
  MAGIC.copy(page, 0);
  page.writeUInt32LE(VERSION, 8);
  page.writeUInt32LE(HEADER_BYTES, 12);
  page.writeUInt32LE(header.dimension, 16);
  page.writeUInt32LE(paddedLength(header.dimension), 20);
  page.writeBigUInt64LE(BigInt(header.count), 24);
  page.writeBigUInt64LE(BigInt(header.idsBytes), 32);
  page.writeBigUInt64LE(BigInt(rowsAt), 40);
  page.writeBigUInt64LE(BigInt(rowsAt + rowsBytes(header)), 48);
  header.idsDigest.copy(page, 56);
  header.rowsDigest.copy(page, 88);
  page.writeUInt32LE(modelId.length, 120);
  modelId.copy(page, 124);
  digestOf(page).copy(page, HEADER_DIGEST_AT);
  return page;
}

/**
 * Reads a header and checks that it fits itself and a file of `fileBytes` bytes.
 *
 * @param page the file's first {@link HEADER_BYTES} bytes, or all of a shorter file
 * @throws {FaceCoreError} `gallery/not-a-gallery`, `gallery/truncated`, `gallery/corrupt`, `gallery/unsupported-version`
 */
export function decodeHeader(page: Buffer, fileBytes: number): GalleryHeader {
  const magicBytes = Math.min(MAGIC.length, page.length);
  if (!page.subarray(0, magicBytes).equals(MAGIC.subarray(0, magicBytes))) {
    throw new FaceCoreError('gallery/not-a-gallery', 'The file does not start as a gallery does.');
  }
  if (page.length < HEADER_BYTES) throw truncated();
  if (!digestOf(page).equals(page.subarray(HEADER_DIGEST_AT))) throw corrupt('header');
  const version = page.readUInt32LE(8);
  if (version !== VERSION) {
    throw new FaceCoreError(
      'gallery/unsupported-version',
      `Galleries of version ${version} are not understood.`,
    );
  }
  const modelIdBytes = page.readUInt32LE(120);
  if (modelIdBytes > MODEL_ID_BYTES_MAX) throw corrupt('header');
  const header = {
    modelId: page.toString('utf8', 124, 124 + modelIdBytes),
    dimension: page.readUInt32LE(16),
    count: Number(page.readBigUInt64LE(24)),
    idsBytes: Number(page.readBigUInt64LE(32)),
    idsDigest: Buffer.from(page.subarray(56, 56 + DIGEST_BYTES)),
    rowsDigest: Buffer.from(page.subarray(88, 88 + DIGEST_BYTES)),
  };
  const expectedBytes = rowsStart(header.idsBytes) + rowsBytes(header);
  if (fileBytes < expectedBytes) throw truncated();
  // Covers every number that follows from others, and bytes after the end.
  if (fileBytes !== expectedBytes || !encodeHeader(header).equals(page)) throw corrupt('header');
  return header;
}

/** What is thrown for a file of which a part does not match its checksum or the format. */
export function corrupt(part: string): FaceCoreError {
  return new FaceCoreError('gallery/corrupt', `The ${part} of the gallery file is damaged.`, {
    logLevel: 'error',
  });
}

function truncated(): FaceCoreError {
  return new FaceCoreError('gallery/truncated', 'The gallery file ends too early.', { logLevel: 'error' });
}

function digestOf(page: Buffer): Buffer {
  return createHash('sha256').update(page.subarray(0, HEADER_DIGEST_AT)).digest();
}
