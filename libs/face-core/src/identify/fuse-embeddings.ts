/**
 * Fuses the embeddings of one face into one probe: their mean, L2-normalised.
 *
 * @param embeddings at least one, all of the same dimension, each L2-normalised. Not modified.
 * @returns a new array of that dimension; null when the embeddings cancel out or hold a number that is none, since
 *   such a probe resembles everybody and nobody.
 */
export function fuseEmbeddings(embeddings: readonly Float32Array[]): Float32Array | null {
  const dimension = embeddings[0]?.length ?? 0;
  if (dimension === 0 || embeddings.some((embedding) => embedding.length !== dimension)) return null;
  const sum = new Float64Array(dimension);
  for (const embedding of embeddings) {
    for (let index = 0; index < dimension; index += 1) sum[index]! += embedding[index]!;
  }
  const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  if (!Number.isFinite(norm) || norm / embeddings.length < 1e-6) return null;
  return Float32Array.from(sum, (value) => value / norm);
}
