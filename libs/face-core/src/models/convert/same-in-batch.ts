import { outputOf, type FloatTensor } from '../../runtime/inference-backend';
import { OnnxRuntimeBackend } from '../../runtime/onnxruntime-backend';

/** A network of batch 1 beside what was made of it. Both have the same names. */
export interface BatchComparison {
  /** The ONNX file as it came. */
  readonly original: Uint8Array;
  /** The one that should take any batch. */
  readonly opened: Uint8Array;
  readonly input: string;
  /** Sizes of one input, without its batch. */
  readonly shape: readonly number[];
}

/** Kernels of other batch sizes add in another order. */
const TOLERANCE = 1e-4;

/**
 * Tells whether a network gives for a batch of two what the original gives for each, on noise, to one in 10,000 of the
 * largest number. A network that cannot be run on two does not.
 */
export async function isSameInBatch(comparison: BatchComparison): Promise<boolean> {
  const length = comparison.shape.reduce((product, size) => product * size, 1);
  const both = noise(2 * length);
  const [first, second] = await outputsFor(comparison.original, comparison, [
    both.slice(0, length),
    both.slice(length),
  ]);
  const [together] = await outputsFor(comparison.opened, comparison, [both]).catch(() => []);
  if (!first || !second || !together) return false;
  return [...first].every(([name, { data }]) => {
    const got = together.get(name)?.data ?? new Float32Array();
    const other = outputOf(second, name).data;
    return (
      got.length === data.length + other.length &&
      isClose(got.subarray(0, data.length), data) &&
      isClose(got.subarray(data.length), other)
    );
  });
}

async function outputsFor(
  bytes: Uint8Array,
  { input, shape }: BatchComparison,
  feeds: readonly Float32Array[],
): Promise<ReadonlyMap<string, FloatTensor>[]> {
  const network = await new OnnxRuntimeBackend().load(bytes);
  try {
    const results: ReadonlyMap<string, FloatTensor>[] = [];
    for (const data of feeds) {
      const batch = data.length / shape.reduce((product, size) => product * size, 1);
      results.push(await network.run({ [input]: { type: 'float32', data, shape: [batch, ...shape] } }));
    }
    return results;
  } finally {
    await network.release();
  }
}

function isClose(got: Float32Array, wanted: Float32Array): boolean {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return wanted.every((value, index) => Math.abs(value - (got[index] as number)) <= TOLERANCE * largest);
}

/** Values from -1 to 1 that look random and are the same every time. */
function noise(length: number): Float32Array {
  let state = 12345;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}
