import { StorableTextPipe } from './storable-text.pipe';

const pipe = new StorableTextPipe();

/** `depth` lists, one in the other, around a value. */
function nested(value: unknown, depth: number): unknown {
  let around = value;
  for (let level = 0; level < depth; level++) around = [around];
  return around;
}

describe('what a request says', () => {
  it.each(['문지기', '🚪', '', 'a\nb', { name: 'x', tags: ['y', { z: 1 }] }, undefined, null, Buffer.of(0)])(
    'is taken when all of it can be kept: %j',
    (value) => expect(pipe.transform(value)).toBe(value),
  );

  it.each([
    ['a\u0000b', ''],
    ['\ud800', ''],
    [{ note: '\udfffx' }, 'note'],
    [{ tags: ['ok', { deep: '\u0000' }] }, 'tags.1.deep'],
    [{ of: { 'ke\u0000y': 1 } }, 'of'],
  ])('is refused with its place when some of it cannot: %j', (value, path) => {
    expect(() => pipe.transform(value)).toThrow(
      expect.objectContaining({
        code: 'request/unstorable-text',
        issues: [expect.objectContaining({ path })],
      }),
    );
  });

  it('is looked through however deep it is', () => {
    expect(() => pipe.transform(nested('\u0000', 40_000))).toThrow('cannot be kept');
    expect(() => pipe.transform(nested('fine', 40_000))).not.toThrow();
  });
});
