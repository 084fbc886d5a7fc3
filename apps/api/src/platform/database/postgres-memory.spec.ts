import { memorySettings } from './postgres-memory';

const GIB = 2 ** 30;

describe('the embedded database’s cache', () => {
  it.each([
    [0.5, '128MB'],
    [4, '512MB'],
    [64, '1024MB'],
  ])('of a machine with %f GiB is %s', (gib, expected) =>
    expect(memorySettings(gib * GIB).shared_buffers).toBe(expected),
  );
});
