import { growthOf } from './memory-row';

const MIB = 2 ** 20;

describe('the growth of memory', () => {
  it('is the trend of the second half, for each frame', () => {
    const leak = Array.from({ length: 10 }, (_, step) => 100 * MIB + step * 5000);
    expect(growthOf(leak, 50)).toMatchObject({ frames: 500, firstMiB: 100, bytesPerFrame: 100 });
  });

  it('does not count what start-up takes', () => {
    const settled = [50, 90, 120, 130, 130, 130, 130, 130].map((mib) => mib * MIB);
    expect(growthOf(settled, 100)).toMatchObject({ lastMiB: 130, bytesPerFrame: 0 });
  });
});
