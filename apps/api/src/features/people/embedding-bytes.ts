/** An embedding as it is stored and sent: float32, little-endian, in memory of its own. */
export function littleEndian(embedding: Float32Array): Uint8Array {
  const bytes = new Uint8Array(embedding.length * 4);
  const view = new DataView(bytes.buffer);
  embedding.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return bytes;
}

/** The embedding of such bytes, in memory of its own. */
export function embeddingOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
