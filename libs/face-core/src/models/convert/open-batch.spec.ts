import { Network, outputOf } from '../../runtime/network';
import { tinyNetwork } from '../../testing/tiny-network';
import { openBatch } from './open-batch';

const CONVERSION = { input: 'image', outputs: { y: 'embedding' } };

describe('openBatch', () => {
  it('gives for a batch what the network gave for each, under the new names', async () => {
    const data = Float32Array.from({ length: 36 }, (_, index) => (index % 5) - 2);
    const original = await Network.load(tinyNetwork(), { threads: 1 });
    const opened = await Network.load(openBatch(tinyNetwork(), CONVERSION), { threads: 1 });

    const batch = outputOf(
      await opened.run({ image: { type: 'float32', data, shape: [3, 3, 2, 2] } }),
      'embedding',
    );

    expect(batch.shape).toEqual([3, 12]);
    for (const [index, start] of [0, 12, 24].entries()) {
      const one = { type: 'float32', data: data.slice(start, start + 12), shape: [1, 3, 2, 2] } as const;
      const { data: wanted } = outputOf(await original.run({ x: one }), 'y');
      expect([...batch.data.subarray(12 * index, 12 * index + 12)]).toEqual([...wanted]);
    }
    await Promise.all([original.release(), opened.release()]);
  });

  it('gives the same bytes every time', () => {
    expect(openBatch(tinyNetwork(), CONVERSION)).toEqual(openBatch(tinyNetwork(), CONVERSION));
  });
});
