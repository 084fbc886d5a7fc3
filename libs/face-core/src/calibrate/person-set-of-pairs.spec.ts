import type { PairSet } from '../evaluate/readers/pair-set';
import { personSetOfPairs } from './person-set-of-pairs';

function pairSet(names: readonly string[], pairs: readonly [a: number, b: number, same: boolean][]): PairSet {
  return {
    aligned: false,
    images: names.map((name) => ({ name, read: () => Promise.reject(new Error('not to be read')) })),
    pairs: pairs.map(([a, b, same]) => ({ a, b, same, fold: 0, groups: {} })),
  };
}

describe('personSetOfPairs', () => {
  it('takes folders for people where they agree with every pair', () => {
    const set = pairSet(['mina/1.jpg', 'mina/2.jpg', 'jun/1.jpg'], [[0, 1, true], [1, 2, false]]); // prettier-ignore

    expect(personSetOfPairs(set)?.members).toEqual([
      { image: 0, person: 'mina' },
      { image: 1, person: 'mina' },
      { image: 2, person: 'jun' },
    ]);
  });

  it('takes nothing for granted where one pair disagrees', () => {
    expect(personSetOfPairs(pairSet(['all/1.jpg', 'all/2.jpg'], [[0, 1, false]]))).toBeUndefined();
    expect(personSetOfPairs(pairSet(['mina/a/1.jpg', 'mina/b/2.jpg'], [[0, 1, true]]))).toBeUndefined();
  });
});
