/** The most templates of one page, and of one block. */
export const TEMPLATES_PER_BLOCK_MAX = 500;

const UUID_BYTES = 16;
const IDS_BYTES = 3 * UUID_BYTES;
const DIMENSION_MAX = 4096;

/** The most bytes of a block; with the page around it, a packet takes it. */
export const TEMPLATE_BLOCK_BYTES_MAX = TEMPLATES_PER_BLOCK_MAX * (IDS_BYTES + 4 * DIMENSION_MAX);

/** A template as a block holds it. */
export interface PackedTemplate {
  readonly id: string;
  readonly personId: string;
  /** Null: as the model made it. */
  readonly transformId: string | null;
  /** L2-normalised float32, little-endian. */
  readonly embedding: Uint8Array;
}

/**
 * Lays templates out in one piece of memory: for each its id, its person's id and its transform's id (16 bytes each;
 * zeros where there is no transform), then the embedding.
 *
 * @param templates all of one model; their embeddings are copied
 * @throws {RangeError} when an embedding has another length than the first
 */
export function packTemplates(templates: readonly PackedTemplate[]): Uint8Array {
  const embeddingBytes = templates[0]?.embedding.byteLength ?? 0;
  const stride = IDS_BYTES + embeddingBytes;
  const block = new Uint8Array(templates.length * stride);
  templates.forEach(({ id, personId, transformId, embedding }, index) => {
    if (embedding.byteLength !== embeddingBytes)
      throw new RangeError('Embeddings of a block have one length.');
    const at = index * stride;
    writeUuid(block, at, id);
    writeUuid(block, at + UUID_BYTES, personId);
    if (transformId !== null) writeUuid(block, at + 2 * UUID_BYTES, transformId);
    block.set(embedding, at + IDS_BYTES);
  });
  return block;
}

/**
 * Reads such a block.
 *
 * @param shape how many templates it holds, and how many numbers each embedding of its model has
 * @returns the templates, their embeddings views of the block; null when its length is not that of so many
 */
export function unpackTemplates(
  block: Uint8Array,
  { count, dimension }: { count: number; dimension: number },
): PackedTemplate[] | null {
  const stride = IDS_BYTES + 4 * dimension;
  if (block.byteLength !== count * stride) return null;
  return Array.from({ length: count }, (_, index) => {
    const at = index * stride;
    const transformAt = at + 2 * UUID_BYTES;
    const hasTransform = block.subarray(transformAt, at + IDS_BYTES).some((byte) => byte !== 0);
    return {
      id: readUuid(block, at),
      personId: readUuid(block, at + UUID_BYTES),
      transformId: hasTransform ? readUuid(block, transformAt) : null,
      embedding: block.subarray(at + IDS_BYTES, at + stride),
    };
  });
}

function writeUuid(target: Uint8Array, at: number, id: string): void {
  const hex = id.replaceAll('-', '');
  for (let index = 0; index < UUID_BYTES; index++) {
    target[at + index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  }
}

function readUuid(source: Uint8Array, at: number): string {
  let text = '';
  for (let index = 0; index < UUID_BYTES; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += (source[at + index] as number).toString(16).padStart(2, '0');
  }
  return text;
}
