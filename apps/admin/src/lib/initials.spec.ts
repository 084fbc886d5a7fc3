import { initialsOf } from './initials';

describe('initialsOf', () => {
  it.each([
    ['김민지', '민지'],
    ['남궁민수', '민수'],
    ['Kim Minji', 'KM'],
    ['  ludwig van beethoven ', 'LB'],
    ['Cher', 'C'],
    ['𠮷野 家', '𠮷家'],
  ])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
