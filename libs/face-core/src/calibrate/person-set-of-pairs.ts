import { dirname } from 'node:path';

import type { PersonSet } from '../evaluate/readers/images';
import type { PairSet } from '../evaluate/readers/pair-set';

/**
 * Says who is on each picture of a list of pairs, where their folders tell: all pairs of one person lie in one folder,
 * all pairs of two people in two. Then every picture can be compared with every other, instead of the pairs alone.
 *
 * @returns undefined where folders do not tell people apart
 */
export function personSetOfPairs({ images, pairs }: PairSet): PersonSet | undefined {
  const people = images.map(({ name }) => dirname(name));
  const tells = pairs.every(({ a, b, same }) => (people[a] === people[b]) === same);
  if (!tells) return undefined;
  return { images, members: people.map((person, image) => ({ image, person })) };
}
