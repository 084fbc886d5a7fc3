/** Takes float error off a similarity: -1 to 1. What is no number stays none. */
export function clampSimilarity(similarity: number): number {
  return Math.max(-1, Math.min(1, similarity));
}
