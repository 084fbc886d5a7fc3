import { normalized } from '../embed/embedding';
import { RowStore, type Row } from './row-store';
import { randomEmbedding } from './testing/embeddings';

const DIMENSION = 16;

function embeddingOf(seed: number): Float32Array {
  return normalized(randomEmbedding(seed, DIMENSION));
}

function filled(count: number): { store: RowStore; rows: Row[] } {
  const store = new RowStore(DIMENSION);
  const rows = Array.from({ length: count }, (_, i) => store.add(`t${i}`, `p${i}`, embeddingOf(i)));
  return { store, rows };
}

function memoryOf(store: RowStore, row: Row): Float32Array {
  const { segment, base } = store.spot(row.place);
  return segment.row(row.place - base);
}

function isZero(numbers: Float32Array): boolean {
  return numbers.every((value) => value === 0);
}

/** Ends when everything that was put off has had its turns. */
async function settled(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('RowStore', () => {
  it('grows without touching what it holds', () => {
    const { store, rows } = filled(256);
    const before = store.segments.map(({ floats }) => floats);
    const row = memoryOf(store, rows[0] as Row);
    const copy = row.slice();
    for (let i = 256; i < 40_000; i += 1) store.add(`t${i}`, `p${i}`, copy);
    expect(store.segments.length).toBeGreaterThan(8);
    for (const [index, floats] of before.entries()) {
      expect(store.segments[index]?.floats).toBe(floats);
      // A memory that had grown would have taken its old buffer away.
      expect(floats.buffer.byteLength).toBeGreaterThan(0);
    }
    expect(row).toEqual(copy);
    expect(memoryOf(store, rows[0] as Row).byteOffset).toBe(row.byteOffset);
  });

  it('doubles at most when it grows, and by no more than 65,536 places', () => {
    const { store } = filled(0);
    for (let place = 0; place < 200_000; place += 1) store.reach(place);
    let before = 0;
    for (const { capacity } of store.segments) {
      expect(capacity).toBeLessThanOrEqual(Math.max(256, Math.min(before, 65_536)));
      before += capacity;
    }
    expect(store.segments).toHaveLength(12);
  });

  it('finds every place in its segment', () => {
    const { store } = filled(1);
    for (let place = 0; place < 200_000; place += 1) store.reach(place);
    let expected = 0;
    for (const segment of store.segments) {
      for (const place of [expected, expected + segment.capacity - 1]) {
        expect(store.spot(place)).toEqual({ segment, base: expected });
      }
      expected += segment.capacity;
    }
  });

  it('overwrites a row that was taken out and fills its place from the end', () => {
    const { store, rows } = filled(1000);
    const hole = memoryOf(store, rows[3] as Row);
    const last = rows[999] as Row;
    const end = memoryOf(store, last);
    store.retire(rows[3] as Row);
    expect(last.place).toBe(3);
    expect(hole).toEqual(embeddingOf(999));
    expect(isZero(end)).toBe(true);
    expect(store.rows).toHaveLength(999);
  });

  it('gives memory back when most rows are gone', () => {
    const { store, rows } = filled(5000);
    const before = store.segments.length;
    for (const row of rows.slice(10)) store.retire(row);
    expect(store.rows).toHaveLength(10);
    expect(before).toBe(6);
    expect(store.segments.length).toBeLessThanOrEqual(2);
  });

  it('keeps what an open view can see, and overwrites it after the view without being asked', async () => {
    const { store, rows } = filled(200);
    const view = store.openView();
    for (const row of rows) store.retire(row);
    const places = rows.map((row) => memoryOf(store, row));
    await settled();
    for (const [i, row] of rows.entries()) {
      expect(RowStore.isThere(row, view.sequence)).toBe(true);
      expect(RowStore.isThere(row, store.sequence)).toBe(false);
      expect(places[i]).toEqual(embeddingOf(i));
    }
    view.close();
    await settled();
    expect(places.every(isZero)).toBe(true);
    expect(store.rows).toHaveLength(0);
  });

  it('uses places again under views that overlap without end', () => {
    const { store } = filled(100);
    let view = store.openView();
    let newest = store.rows[99] as Row;
    for (let i = 0; i < 2000; i += 1) {
      const next = store.openView();
      view.close();
      view = next;
      store.retire(newest);
      newest = store.add('again', 'p', embeddingOf(i));
    }
    expect(store.rows.length).toBeLessThan(120);
  });

  it('overwrites all of it when abandoned, after the last view', async () => {
    const { store, rows } = filled(600);
    const view = store.openView();
    const { segments } = store;
    store.abandon();
    await settled();
    expect(memoryOf(store, rows[599] as Row)).toEqual(embeddingOf(599));
    view.close();
    await settled();
    expect(segments.every(({ floats }) => isZero(floats))).toBe(true);
  });
});
