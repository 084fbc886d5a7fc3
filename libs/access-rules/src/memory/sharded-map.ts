const SHARDS = 256;

type Shard<Key, Value> = ReadonlyMap<Key, Value> | undefined;

/**
 * A map of ids that is never changed: a later one shares with it all but what is different, so that one change among
 * 50,000 entries copies a few hundred.
 */
export class ShardedMap<Key extends string, Value> implements Iterable<readonly [Key, Value]> {
  private constructor(
    readonly shards: readonly Shard<Key, Value>[],
    /** How many entries there are. */
    readonly size: number,
  ) {}

  /** A map of these entries; of one id's the last. */
  static of<Key extends string, Value>(entries: Iterable<readonly [Key, Value]>): ShardedMap<Key, Value> {
    const empty = new ShardedMap<Key, Value>(new Array<Shard<Key, Value>>(SHARDS).fill(undefined), 0);
    return empty.changed([...entries]);
  }

  /** The value of an id; undefined when it has none. */
  get(key: Key): Value | undefined {
    return this.shards[shardOf(key)]?.get(key);
  }

  /** The map after changes, the later winning; an undefined value removes the entry. */
  changed(changes: Iterable<readonly [Key, Value | undefined]>): ShardedMap<Key, Value> {
    const own = new Map<number, Map<Key, Value>>();
    let size = this.size;
    for (const [key, value] of changes) {
      const index = shardOf(key);
      const shard = own.get(index) ?? new Map(this.shards[index]);
      own.set(index, shard);
      size -= Number(shard.delete(key));
      if (value === undefined) continue;
      shard.set(key, value);
      size += 1;
    }
    const shards = this.shards.map((shard, index) => {
      const changed = own.get(index) ?? shard;
      return changed?.size ? changed : undefined;
    });
    return new ShardedMap(shards, size);
  }

  /** All entries, in no order that means anything. */
  *[Symbol.iterator](): IterableIterator<readonly [Key, Value]> {
    for (const shard of this.shards) if (shard) yield* shard;
  }
}

/** By the end of the id, which is random in a UUID of any version. */
function shardOf(key: string): number {
  const [a, b] = [key.charCodeAt(key.length - 1), key.charCodeAt(key.length - 2)];
  return ((a & 15) + (a >> 6) * 9 + ((b & 15) + (b >> 6) * 9) * 16) % SHARDS;
}
