import fc from 'fast-check';

import { planDirect, planPooledFirst, plannedWeights } from './activation-plan';
import { readThrough, type Readout } from './readout';

const relu = (x: number) => Math.max(0, x);
const prelu = (x: number, slope: number) => (x >= 0 ? x : slope * x);

const slopes = fc
  .array(fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constantFrom(0, 1, -1)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((values) => Float32Array.from(values));

/** The trained channels, read from computed ones. */
function read(computed: readonly number[], { terms }: Readout): number[] {
  return terms.map((sum) => sum.reduce((value, term) => value + term.factor * (computed[term.channel] as number), 0)); // prettier-ignore
}

function closeTo(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThan(1e-4 * (1 + Math.abs(wanted)));
}

it.each([false, true])('planDirect is the activation for any slope, before a pool or not: %s', (pooled) => {
  fc.assert(
    fc.property(
      slopes,
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (own, window) => {
        // prettier-ignore
        const plan = planDirect(own, pooled);
        if (!plan) return;
        const computed = plan.rows.map(({ factor }, row) => {
          const values = window.map((x) => relu(factor * x) + (plan.multipliers[row] as number) * factor * x);
          return pooled ? Math.max(...values) : (values[0] as number);
        });
        const got = read(computed, plan.readout);
        for (const [channel, slope] of own.entries()) {
          const wanted = window.map((x) => prelu(x, slope));
          closeTo(got[channel] as number, pooled ? Math.max(...wanted) : (wanted[0] as number));
        }
      },
    ),
  );
});

it('planPooledFirst is the pool of the activation for any slope', () => {
  fc.assert(
    fc.property(
      slopes,
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (own, window) => {
        // prettier-ignore
        const { rows, rectified, linear, readout } = planPooledFirst(own);
        const pooled = rows.map(({ factor }) => Math.max(...window.map((x) => factor * x)));
        const times = (matrix: Float32Array, channel: number) =>
          pooled.reduce(
            (sum, value, row) => sum + value * (matrix[channel * rows.length + row] as number),
            0,
          );
        const computed = [...own].map(
          (_, channel) => relu(times(rectified, channel)) + times(linear, channel),
        );
        const got = read(computed, readout);
        for (const [channel, slope] of own.entries()) {
          closeTo(got[channel] as number, Math.max(...window.map((x) => prelu(x, slope))));
        }
      },
    ),
  );
});

it('plannedWeights repeats and scales rows with their biases', () => {
  const layer = { weights: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(5, 6) };
  const rows = [
    { channel: 1, factor: 2 },
    { channel: 0, factor: 1 },
    { channel: 1, factor: -1 },
  ];

  expect(plannedWeights(layer, rows, 2)).toEqual({
    weights: Float32Array.of(6, 8, 1, 2, -3, -4),
    bias: Float32Array.of(12, 5, -6),
  });
});

it('readThrough gives weights that read computed channels as the trained ones are read', () => {
  const readout = {
    computed: 3,
    terms: [
      [{ channel: 0, factor: -1 }],
      [
        { channel: 1, factor: 2 },
        { channel: 2, factor: 0.5 },
      ],
    ],
  };

  const weights = readThrough(Float32Array.of(10, 20), { outputs: 1, inputs: 2, area: 1 }, readout);

  expect([...weights]).toEqual([-10, 40, 10]);
});
