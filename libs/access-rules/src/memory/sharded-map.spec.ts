import fc from 'fast-check';
import { id } from '../testing/rule-fixture';
import { ShardedMap } from './sharded-map';

const key = fc.nat(40).map((number) => id.person(number * 37));
const changes = fc.array(fc.tuple(key, fc.option(fc.nat(9), { nil: undefined })), { maxLength: 60 });

describe('a sharded map', () => {
  it('does what a map does, and is never changed', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const before = ShardedMap.of<ReturnType<typeof id.person>, number>([]).changed(first);
        const entriesBefore = [...before];
        const after = before.changed(second);
        expect([...before]).toEqual(entriesBefore);
        const model = new Map<string, number>();
        for (const [name, value] of [...first, ...second]) {
          if (value === undefined) model.delete(name);
          else model.set(name, value);
        }
        expect(new Map(after)).toEqual(model);
        expect(after.size).toBe(model.size);
        for (const [name] of [...first, ...second]) expect(after.get(name)).toBe(model.get(name));
      }),
    );
  });

  it('copies only the part that a change is in', () => {
    const before = ShardedMap.of(
      Array.from({ length: 10_000 }, (_, number) => [id.person(number), number] as const),
    );
    const after = before.changed([[id.person(77), -1]]);
    expect(after.shards.filter((shard, index) => shard !== before.shards[index])).toHaveLength(1);
    expect(Math.max(...before.shards.map((shard) => shard?.size ?? 0))).toBeLessThan(100);
  });
});
