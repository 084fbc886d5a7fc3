import fc from 'fast-check';
import { normalized } from '../embed/embedding';
import { paddedLength, quantizeProbe } from './quantize';
import { GROUP_PRODUCTS_AT, GROUP_WORDS, Segment } from './segment';
import { hardEmbedding, randomEmbedding } from './testing/embeddings';
import { floatProduct } from './testing/reference-gallery';

/** The bounding pass's product of each of the first four places, and half the width of its interval. */
function boundsOf(segment: Segment, probe: Float32Array): { product: number; error: number }[] {
  const quantized = quantizeProbe(probe);
  segment.load(quantized);
  expect(segment.scan(0, 8, -Infinity)).toBe(1);
  return [0, 1, 2, 3].map((place) => ({
    product: segment.groupProducts[GROUP_PRODUCTS_AT + place] as number,
    error: segment.errorOf(place) + quantized.error,
  }));
}

describe('Segment', () => {
  it.each([16, 192, 512])('bounds every similarity, %i numbers', (dimension) => {
    const segment = new Segment(dimension, 8);
    const row = hardEmbedding(dimension).map(normalized);
    fc.assert(
      fc.property(fc.tuple(row, row, row, row), row, (rows, probe) => {
        for (const [place, embedding] of rows.entries()) segment.write(place, embedding);
        for (const [place, { product, error }] of boundsOf(segment, probe).entries()) {
          const exact = segment.dot(place);
          expect(exact).toBe(floatProduct(probe, rows[place] as Float32Array));
          expect(Math.abs(exact - product)).toBeLessThanOrEqual(error);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('bounds tightly enough to be of use: a hundredth for ordinary embeddings', () => {
    for (const dimension of [192, 512]) {
      const segment = new Segment(dimension, 8);
      for (let place = 0; place < 4; place += 1) {
        segment.write(place, normalized(randomEmbedding(place, dimension)));
      }
      for (const { error } of boundsOf(segment, normalized(randomEmbedding(9, dimension)))) {
        expect(error).toBeLessThan(0.01);
      }
    }
  });

  it('keeps the largest products in range', () => {
    const dimension = 8192;
    const segment = new Segment(dimension, 8);
    const probe = normalized(new Float32Array(dimension).fill(1));
    for (let place = 0; place < 4; place += 1) segment.write(place, probe);
    for (const { product } of boundsOf(segment, probe)) expect(product).toBeCloseTo(1, 3);
  });

  it('names the groups that reach the threshold, and no others', () => {
    const dimension = 64;
    const segment = new Segment(dimension, 512);
    const probe = normalized(randomEmbedding(0, dimension));
    for (let place = 0; place < 512; place += 1) {
      segment.write(
        place,
        place === 137 || place === 400 ? probe : normalized(randomEmbedding(place + 1, dimension)),
      );
    }
    segment.load(quantizeProbe(probe));
    expect(segment.scan(0, 512, 0.99)).toBe(2);
    expect([0, 1].map((group) => segment.groupRows[group * GROUP_WORDS])).toEqual([136, 400]);
    expect(segment.scan(144, 256, 0.99)).toBe(0);
    expect(segment.scan(304, 200, 0.99)).toBe(1);
    expect(segment.groupRows[0]).toBe(96);
  });

  it('finds nothing in places that were never written or are erased, and holds nothing of them', () => {
    const segment = new Segment(32, 8);
    segment.load(quantizeProbe(normalized(randomEmbedding(0, 32))));
    expect(segment.scan(0, 8, -Infinity)).toBe(0);
    for (const place of [4, 5]) segment.write(place, normalized(randomEmbedding(place, 32)));
    expect(segment.scan(0, 8, -Infinity)).toBe(1);
    const kept = segment.row(5).slice();
    segment.erase(4);
    expect(segment.scan(0, 8, -Infinity)).toBe(1);
    expect(segment.row(4).every((value) => value === 0)).toBe(true);
    expect(segment.row(5)).toEqual(kept);
    segment.erase(5);
    expect(segment.scan(0, 8, -Infinity)).toBe(0);
  });

  it('pads rows to whole lines', () => {
    expect([1, 16, 17, 192, 500].map(paddedLength)).toEqual([16, 16, 32, 192, 512]);
  });
});
