import { KeyCache } from './key-cache';

const key = (fill: number) => new Uint8Array(32).fill(fill);
const wrapped = (fill: number) => new Uint8Array(61).fill(fill);

describe('KeyCache', () => {
  let atMs = 0;
  const open = (changes = {}) => new KeyCache({ entriesMax: 2, ageMaxMs: 100, now: () => atMs, ...changes });

  /** The arrays that the cache holds inside, to see what becomes of them. */
  const held = (cache: KeyCache) =>
    [...(cache as unknown as { entries: Map<string, { key: Uint8Array }> }).entries.values()].map(
      (entry) => entry.key,
    );

  it('gives a copy back, by the wrapped form alone', () => {
    const cache = open();
    cache.put(wrapped(1), key(7));
    const taken = cache.take(wrapped(1));
    expect(taken).toEqual(key(7));
    taken?.fill(0);
    expect(cache.take(wrapped(1))).toEqual(key(7));
    expect(cache.take(wrapped(2))).toBeUndefined();
  });

  it('keeps no more than it may, and overwrites what it drops', () => {
    const cache = open();
    cache.put(wrapped(1), key(1));
    const [first] = held(cache);
    for (const fill of [2, 3]) cache.put(wrapped(fill), key(fill));
    expect(cache.size).toBe(2);
    expect(cache.take(wrapped(1))).toBeUndefined();
    expect(first).toEqual(key(0));
  });

  it('forgets and overwrites what is too old', () => {
    const cache = open();
    cache.put(wrapped(1), key(1));
    const [first] = held(cache);
    atMs += 60;
    cache.put(wrapped(2), key(2));
    atMs += 60;
    expect(cache.take(wrapped(2))).toEqual(key(2));
    expect(cache.size).toBe(1);
    expect(first).toEqual(key(0));
  });

  it('overwrites everything when it is cleared', () => {
    const cache = open();
    cache.put(wrapped(1), key(1));
    const [first] = held(cache);
    cache.clear();
    expect(cache.size).toBe(0);
    expect(first).toEqual(key(0));
  });
});
