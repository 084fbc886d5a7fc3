import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { readInsightfaceBin } from './insightface-bin';
import { readPickle } from './pickle';

/** `pickle.dumps(([b'one', b'two', b'one', b'four'], [True, False]), protocol)`, the third being the first again. */
const PYTHON_3: readonly (readonly [number, string])[] = [
  [3, 'gANdcQAoQwNvbmVxAUMDdHdvcQJoAUMEZm91cnEDZV1xBCiIiWWGcQUu'],
  [4, 'gASVIgAAAAAAAABdlChDA29uZZRDA3R3b5RoAUMEZm91cpRlXZQoiIllhpQu'],
  [5, 'gAWVIgAAAAAAAABdlChDA29uZZRDA3R3b5RoAUMEZm91cpRlXZQoiIllhpQu'],
];

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.remove());

const read = async (bytes: Uint8Array) => readInsightfaceBin(await folder.write('set.bin', bytes));
const base64 = (text: string) => Buffer.from(text, 'base64');
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

describe('readInsightfaceBin', () => {
  it.each(PYTHON_3)('reads pairs of pictures from protocol %d', async (_, pickle) => {
    const { images, pairs, aligned } = await read(base64(pickle));

    expect(aligned).toBe(true);
    expect((await Promise.all(images.map((image) => image.read()))).map(text)).toEqual([
      'one',
      'two',
      'one',
      'four',
    ]);
    expect(pairs.map(({ a, b, same }) => [a, b, same])).toEqual([
      [0, 1, true],
      [2, 3, false],
    ]);
  });

  it('reads what Python 2 wrote: byte strings, flags as text', async () => {
    const pickle = Buffer.from('\x80\x02](U\x02abT\x02\x00\x00\x00cde](I01\ne\x86q\x00.', 'latin1');
    const { images, pairs } = await read(pickle);

    expect(text(await images[1]?.read())).toBe('cd');
    expect(pairs).toMatchObject([{ same: true, fold: 0 }]);
  });

  it('cuts ten folds', async () => {
    const bytes = Array.from({ length: 40 }, () => 'U\x01x').join('');
    const flags = Array.from({ length: 20 }, () => '\x88').join('');
    const { pairs } = await read(Buffer.from(`\x80\x02](${bytes}e](${flags}e\x86.`, 'latin1'));

    expect(pairs.map(({ fold }) => fold)).toEqual(Array.from({ length: 20 }, (_, at) => Math.floor(at / 2)));
  });

  it.each([
    [
      'a call of a Python function',
      base64('gASVHwAAAAAAAACMCGJ1aWx0aW5zlIwFcHJpbnSUk5SMAmhplIWUUpQu'),
      /not allowed/,
    ],
    ['a file cut short', base64(PYTHON_3[1]?.[1] ?? '').subarray(0, 30), /ends early/],
    ['one picture too few', Buffer.from('\x80\x02](U\x01ae](\x88e\x86.', 'latin1'), /one flag for every two/],
    ['no tuple', Buffer.from('\x80\x02].', 'latin1'), /one flag for every two/],
    ['nothing', Buffer.alloc(0), /ends early/],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /0xff is not allowed/],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'evaluate/bad-pickle',
      message: expect.stringMatching(message),
    });
  });
});

describe('readPickle', () => {
  it('refuses a list that is taken from an empty stack', () => {
    for (const program of ['e.', 'a.', '.', '\x86.', 'h\x05.', '(.']) {
      expect(() => readPickle(Buffer.from(program, 'latin1'))).toThrow(
        expect.objectContaining({ code: 'evaluate/bad-pickle' }),
      );
    }
  });
});
