import { dot } from '../../embed/embedding';
import { embeddingOf, failuresIn, type FaceOutcome } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';
import type { PersonSet } from '../readers/images';
import { equalErrorRate } from '../statistics/equal-error-rate';
import { scoreSet } from '../statistics/score-set';
import { WorstMistakes } from './mistakes';
import type { PairsResult, VerificationRun } from './pairs';
import { verificationFigures, withFailures } from './verification';

/**
 * Compares every picture of people with every other. Tens of millions of comparisons are a matter of seconds; there
 * are no folds, so no accuracy.
 */
export function evaluateAllPairs(
  data: string,
  set: PersonSet,
  model: ModelIdentity,
  outcomes: readonly FaceOutcome[],
): VerificationRun<PairsResult> {
  const possible = pairCounts(set.members.map(({ person }) => person));
  const { scores, mistakes } = compareAll(set, outcomes, model.dimension);
  const failed = {
    genuine: possible.genuine - scores.genuine.length,
    impostor: possible.impostor - scores.impostor.length,
  };
  const { total, noFace, unreadable } = failuresIn(outcomes);
  const result: PairsResult = {
    protocol: 'pairs',
    data,
    model: model.id,
    counts: {
      images: set.images.length,
      genuine: scores.genuine.length,
      impostor: scores.impostor.length,
      failedToAcquire: total,
      noFace,
      unreadable,
      genuineNotMade: failed.genuine,
      impostorNotMade: failed.impostor,
    },
    accuracy: undefined,
    accuracyWithFailures: undefined,
    ...verificationFigures(scores, model.similarityMin),
    eerWithFailures: equalErrorRate(total === 0 ? scores : withFailures(scores, failed))?.rate,
  };
  return { result, scores, mistakes };
}

/** Compares every picture of people that has an embedding with every other. */
export function compareAll(set: PersonSet, outcomes: readonly FaceOutcome[], dimension: number) {
  const present = set.members.filter(({ image }) => outcomes[image]?.kind === 'face');
  const rows = new Float32Array(present.length * dimension);
  for (const [at, { image }] of present.entries()) {
    rows.set(embeddingOf(outcomes[image]) as Float32Array, at * dimension);
  }
  const people = present.map(({ person }) => person);
  const counts = pairCounts(people);
  const genuine = new Float32Array(counts.genuine);
  const impostor = new Float32Array(counts.impostor);
  const mistakes = new WorstMistakes();
  let [genuineAt, impostorAt] = [0, 0];
  for (const [a, { image, person }] of present.entries()) {
    const probe = rows.subarray(a * dimension, (a + 1) * dimension);
    for (let b = a + 1; b < present.length; b += 1) {
      const score = dot(probe, rows, b * dimension);
      const same = people[b] === person;
      if (same) genuine[genuineAt++] = score;
      else impostor[impostorAt++] = score;
      mistakes.offer(same, score, image, (present[b] as { image: number }).image);
    }
  }
  return { scores: scoreSet(genuine, impostor), mistakes: mistakes.list() };
}

/** How many pairs of either kind a list of people makes. */
function pairCounts(people: readonly string[]): { genuine: number; impostor: number } {
  const pictures = new Map<string, number>();
  for (const person of people) pictures.set(person, (pictures.get(person) ?? 0) + 1);
  const genuine = [...pictures.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  return { genuine, impostor: (people.length * (people.length - 1)) / 2 - genuine };
}
