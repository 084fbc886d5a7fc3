import { readFile } from 'node:fs/promises';

import { outputOf, type FloatTensor } from '../../runtime/inference-backend';
import { OnnxRuntimeBackend } from '../../runtime/onnxruntime-backend';
import { noiseBytes } from '../../testing/frames';
import { goldenTfliteOutputs } from '../../testing/golden';
import { readLock, type LockedNetwork } from '../lock';
import { networkFile } from '../store';

/** Single precision sums in another order; measured at 2e-7 to 1.2e-6, and 2.2e-5 on the embedder's range of 9. */
const TOLERANCE: Readonly<Record<string, number>> = { 'mobilefacenet-192': 2e-4 };
const TOLERANCE_DEFAULT = 1e-5;

interface Size {
  batch: number;
  width: number;
  height: number;
}

/** Noise as planes, read in the order that the TFLite file reads its input: transposed for the detector. */
function noisePlanes(size: Size, transposed: boolean, value: (byte: number) => number): Float32Array {
  const { batch, width, height } = size;
  const bytes = noiseBytes(batch * width * height * 3);
  const planes = new Float32Array(bytes.length);
  let at = 0;
  for (let n = 0; n < batch; n += 1) {
    for (let outer = 0; outer < (transposed ? width : height); outer += 1) {
      for (let inner = 0; inner < (transposed ? height : width); inner += 1) {
        const [x, y] = transposed ? [outer, inner] : [inner, outer];
        for (let c = 0; c < 3; c += 1, at += 1) {
          planes[((n * 3 + c) * height + y) * width + x] = value(bytes[at] as number);
        }
      }
    }
  }
  return planes;
}

/** Where a part lies in a judgement. */
const PARTS: Readonly<Record<string, readonly [first: number, count: number]>> = {
  probability: [0, 1],
  regression: [1, 4],
  landmarks: [5, 10],
};

/** A part of a detector's judgement as the file gives it: of the logit the softmax of two. */
function partOf({ data, shape }: FloatTensor, name: string): FloatTensor {
  const [first, count] = PARTS[name] ?? [0, 0];
  const [batch = 0, channels = 0, rows = 1, columns = 1] = shape;
  expect(batch).toBe(1);
  expect(data).toHaveLength(channels * rows * columns);
  const plane = rows * columns;
  const part = data.slice(first * plane, (first + count) * plane);
  if (name !== 'probability') return { data: part, shape: [1, count, rows, columns] };
  const face = part.map((logit) => 1 / (1 + Math.exp(-logit)));
  const both = new Float32Array(2 * plane);
  both.set(face.map((value) => 1 - value));
  both.set(face, plane);
  return { data: both, shape: [1, 2, rows, columns] };
}

describe('a converted network', () => {
  const lock = readLock();

  it.each(Object.entries(goldenTfliteOutputs()))(
    '%s gives what TensorFlow Lite gives',
    async (id, golden) => {
      const entry = lock.entries.find((candidate) => candidate.id === id) as LockedNetwork;
      const network = await new OnnxRuntimeBackend().load(await readFile(networkFile(entry, {}).path));
      const detector = entry.kind === 'detector';
      const data = noisePlanes(golden, detector, (byte) => (detector ? byte : (byte - 127.5) / 128));

      const shape = [golden.batch, 3, golden.height, golden.width];
      const results = await network.run({ [entry.input]: { type: 'float32', data, shape } });
      await network.release();

      let compared = 0;
      for (const [name, recorded] of Object.entries(golden.outputs)) {
        const output = detector
          ? partOf(outputOf(results, entry.outputs.judgement), name)
          : outputOf(results, name);
        const wanted = recorded.flatMap((item) => (typeof item === 'number' ? [item] : item.values));
        const got = recorded.flatMap((item, index) =>
          typeof item === 'number'
            ? [output.data[index]]
            : item.values.map((_, channel) => {
                const [, , rows = 0, columns = 0] = output.shape;
                return output.data[(channel * rows + item.row) * columns + item.column];
              }),
        );
        const worst = Math.max(...wanted.map((value, index) => Math.abs(value - (got[index] ?? NaN))));
        expect(worst).toBeLessThan(TOLERANCE[id] ?? TOLERANCE_DEFAULT);
        compared += wanted.length;
      }
      expect(compared).toBeGreaterThanOrEqual(6);
    },
  );
});
