import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ShardedMap, shardOf } from './sharded-map';

describe('ShardedMap', () => {
  it('holds what a map holds', () => {
    const id = fc.constantFrom('', 'a', 'b', 'ab', 'ba', '문', '😀', 'a'.repeat(40));
    const step = fc.tuple(id, fc.option(fc.integer(), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const sharded = new ShardedMap<number>();
        const plain = new Map<string, number>();
        for (const [key, value] of steps) {
          if (value === undefined) {
            sharded.delete(key);
            plain.delete(key);
          } else {
            sharded.set(key, value);
            plain.set(key, value);
          }
          expect([sharded.size, sharded.get(key), sharded.has(key)]).toEqual([
            plain.size,
            value,
            plain.has(key),
          ]);
        }
        for (const [key, value] of plain) expect(sharded.get(key)).toBe(value);
      }),
    );
  });

  it.each([
    ['count up', (i: number) => `person-${i}`],
    ['are padded', (i: number) => String(i).padStart(20, '0')],
    ['are UUIDs', () => randomUUID()],
  ])('shares out ids that %s, so that shards grow one after the other', (_, idOf) => {
    const shares = new Array<number>(256).fill(0);
    for (let i = 0; i < 100_000; i += 1) shares[shardOf(idOf(i))]! += 1;
    const quarter = (from: number) => shares.slice(from, from + 64).reduce((sum, share) => sum + share, 0);
    const quarters = [0, 64, 128, 192].map(quarter);
    // Each quarter of them has more than the one before by the fourth root of 2, 1.19.
    for (const at of [1, 2, 3]) {
      expect(quarters[at]! / quarters[at - 1]!).toBeGreaterThan(1.1);
      expect(quarters[at]! / quarters[at - 1]!).toBeLessThan(1.3);
    }
    expect(Math.max(...shares)).toBeLessThan(4 * Math.min(...shares));
  });
});
