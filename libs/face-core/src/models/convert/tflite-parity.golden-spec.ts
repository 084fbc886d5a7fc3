import { readFile } from 'node:fs/promises';

import { Network, outputOf } from '../../runtime/network';
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

describe('a converted network', () => {
  const lock = readLock();

  it.each(Object.entries(goldenTfliteOutputs()))(
    '%s gives what TensorFlow Lite gives',
    async (id, golden) => {
      const entry = lock.entries.find((candidate) => candidate.id === id) as LockedNetwork;
      const network = await Network.load(await readFile(networkFile(entry, {}).path), { threads: 1 });
      const detector = entry.kind === 'detector';
      const data = noisePlanes(golden, detector, (byte) => (detector ? byte : (byte - 127.5) / 128));

      const shape = [golden.batch, 3, golden.height, golden.width];
      const results = await network.run({ [entry.input]: { type: 'float32', data, shape } });
      await network.release();

      let compared = 0;
      for (const [name, recorded] of Object.entries(golden.outputs)) {
        const output = outputOf(results, name);
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
