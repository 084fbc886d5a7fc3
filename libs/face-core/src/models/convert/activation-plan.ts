import { plainReadout, type Readout, type ReadoutTerm } from './readout';

/** A row of a layer's weights as it is computed: a row of the trained weights times a factor. */
export interface PlannedRow {
  readonly channel: number;
  readonly factor: number;
}

/** `relu(x) + multiplier * x` on the layer's planned rows. */
export interface DirectActivation {
  readonly kind: 'direct';
  readonly rows: readonly PlannedRow[];
  readonly multipliers: Float32Array;
  readonly readout: Readout;
}

/** Pooled first: `relu(rectified * pooled) + linear * pooled`, both matrices row-major, `[slopes, rows]`. */
export interface PooledActivation {
  readonly kind: 'pooled-first';
  readonly rows: readonly PlannedRow[];
  readonly rectified: Float32Array;
  readonly linear: Float32Array;
  readonly readout: Readout;
}

/** How near to 1 a slope may be before dividing by `1 - slope` costs precision. */
const SLOPE_ONE = 1e-4;

/**
 * Plans a parametric ReLU as `relu(x') + m * x'` of rows that the layer before gives already scaled.
 *
 * Exact. ONNX's own PRelu keeps onnxruntime out of its blocked layout, which costs more than half of a network's time;
 * this costs two passes over the tensor. With x' = (1 - a) x: below a slope of 1 that is the activation itself, above 1
 * its negative, whose sign the readers take into their weights. Where a pool follows, a negative would change the greatest
 * of a window, so such a channel is computed as two, relu(x) and relu(x) + x, of which it is a weighted difference.
 *
 * @param pooled a pool reads the result, and dense weights after it
 * @returns undefined when a slope is too near to 1 and no pool follows
 */
export function planDirect(slopes: Float32Array, pooled: boolean): DirectActivation | undefined {
  const rows: PlannedRow[] = [];
  const multipliers: number[] = [];
  const terms: ReadoutTerm[][] = [];
  for (const [channel, slope] of slopes.entries()) {
    const room = 1 - slope;
    if (room > SLOPE_ONE || (room < -SLOPE_ONE && !pooled)) {
      terms.push([{ channel: rows.length, factor: Math.sign(room) }]);
      rows.push({ channel, factor: room });
      multipliers.push(room > 0 ? slope / room : -1 / room);
    } else if (pooled) {
      terms.push([
        { channel: rows.length, factor: 1 - 2 * slope },
        { channel: rows.length + 1, factor: slope },
      ]);
      rows.push({ channel, factor: 1 }, { channel, factor: 1 });
      multipliers.push(0, 1);
    } else {
      return undefined;
    }
  }
  const readout = { computed: rows.length, terms };
  return { kind: 'direct', rows, multipliers: Float32Array.from(multipliers), readout };
}

/**
 * Plans a parametric ReLU behind the pool that follows it, where there is a quarter of the values.
 *
 * Exact. A rising activation and a pool may change places. A falling one (a slope a < 0) is max(x, a x), so its pool is
 * max(pool(x), pool(a x)): the layer gives a x as one more row. Then max(p, q) = relu(p - q) + q, and the others as in
 * {@link planDirect}.
 */
export function planPooledFirst(slopes: Float32Array): PooledActivation {
  const channels = slopes.length;
  const falling = [...slopes.keys()].filter((channel) => (slopes[channel] as number) < 0);
  const rows = [
    ...Array.from(slopes, (_, channel) => ({ channel, factor: 1 })),
    ...falling.map((channel) => ({ channel, factor: slopes[channel] as number })),
  ];
  const rectified = new Float32Array(channels * rows.length);
  const linear = new Float32Array(channels * rows.length);
  const terms: ReadoutTerm[][] = [];
  for (const [channel, slope] of slopes.entries()) {
    const at = channel * rows.length;
    const isFalling = slope < 0;
    const scaled = at + channels + falling.indexOf(channel);
    rectified[at + channel] = isFalling ? 1 : 1 - slope;
    if (isFalling) rectified[scaled] = -1;
    if (isFalling) linear[scaled] = 1;
    else linear[at + channel] = slope > 1 ? -1 : slope;
    terms.push([{ channel, factor: slope > 1 ? -1 : 1 }]);
  }
  return { kind: 'pooled-first', rows, rectified, linear, readout: { ...plainReadout(channels), terms } };
}

/** Weights and biases of planned rows. @param rowLength weights of one row */
export function plannedWeights(
  { weights, bias }: { weights: Float32Array; bias: Float32Array },
  rows: readonly PlannedRow[],
  rowLength: number,
): { weights: Float32Array; bias: Float32Array } {
  const planned = new Float32Array(rows.length * rowLength);
  for (const [row, { channel, factor }] of rows.entries()) {
    const source = weights.subarray(channel * rowLength, (channel + 1) * rowLength);
    for (let at = 0; at < rowLength; at += 1) planned[row * rowLength + at] = factor * (source[at] as number);
  }
  return {
    weights: planned,
    bias: Float32Array.from(rows, ({ channel, factor }) => factor * (bias[channel] as number)),
  };
}
