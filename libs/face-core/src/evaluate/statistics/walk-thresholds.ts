import type { ErrorCounts, Scores, ScoreSet } from './score-set';

/**
 * Visits every threshold that decides differently, ascending: each distinct finite score, then +Infinity, which accepts
 * nothing. Equal scores are passed in one step, whichever class they belong to.
 *
 * Linear in the number of scores.
 */
export function walkThresholds(
  scores: ScoreSet,
  visit: (threshold: number, counts: ErrorCounts) => void,
): void {
  const { genuine, impostor } = scores;
  let rejectedGenuine = passed(genuine, 0, -Infinity);
  let rejectedImpostor = passed(impostor, 0, -Infinity);
  while (rejectedGenuine < genuine.length || rejectedImpostor < impostor.length) {
    const threshold = Math.min(genuine[rejectedGenuine] ?? Infinity, impostor[rejectedImpostor] ?? Infinity);
    visit(threshold, {
      falseMatches: impostor.length - rejectedImpostor,
      falseNonMatches: rejectedGenuine,
    });
    rejectedGenuine = passed(genuine, rejectedGenuine, threshold);
    rejectedImpostor = passed(impostor, rejectedImpostor, threshold);
  }
  visit(Infinity, { falseMatches: 0, falseNonMatches: genuine.length });
}

/** The first index from `start` on whose score is greater than `value`. */
function passed(ascending: Scores, start: number, value: number): number {
  let index = start;
  while (index < ascending.length && (ascending[index] as number) <= value) index += 1;
  return index;
}
