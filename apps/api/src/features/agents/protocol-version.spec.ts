import { commonProtocol } from '@munjigi/contracts';
import { agreedVersion, spokenBy } from './protocol-version';

describe('the version that both speak', () => {
  it.each([
    ['the newest of both', { min: 1, max: 3 }, { min: 2, max: 5 }, 3],
    ['the only one', { min: 1, max: 1 }, { min: 1, max: 9 }, 1],
    ['none, of an older', { min: 1, max: 2 }, { min: 3, max: 4 }, null],
    ['none, of a newer', { min: 3, max: 4 }, { min: 1, max: 2 }, null],
  ])('is %s', (_, one, other, version) => {
    expect(commonProtocol(one, other)).toBe(version);
  });

  it('is that of the message where it names no range, and of the range where it is one', () => {
    expect(spokenBy({ v: 2 })).toEqual({ min: 2, max: 2 });
    expect(spokenBy({ v: 1, protocol: { min: 1, max: 3 } })).toEqual({ min: 1, max: 3 });
    expect(spokenBy({ v: 1, protocol: { min: 3, max: 1 } })).toBeNull();
    expect(spokenBy({ v: 'one' })).toBeNull();
  });

  it('is refused with both ranges in words', () => {
    expect(() => agreedVersion({ min: 2, max: 2 })).toThrow(
      expect.objectContaining({
        code: 'agent/unsupported-version',
        detail: 'The agent speaks version 2. Update the server.',
      }) as Error,
    );
  });
});
