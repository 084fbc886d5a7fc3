import fc from 'fast-check';
import { PpmStream } from './ppm-stream';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: number[];
}

const ppm = ({ width, height, data }: Picture): Buffer =>
  Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), Buffer.from(data)]);

function read(chunks: Uint8Array[]): Picture[] {
  const pictures: Picture[] = [];
  const stream = new PpmStream({
    buffer: (byteLength) => new Uint8Array(byteLength),
    picture: (data, width, height) => pictures.push({ data: [...data], width, height }),
  });
  for (const chunk of chunks) stream.push(chunk);
  return pictures;
}

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.array(fc.nat(255), { minLength: width * height * 3, maxLength: width * height * 3 }),
    }),
  );

describe('PpmStream', () => {
  it('gives every picture as it was, of whatever sizes, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(picture, { maxLength: 4 }), fc.array(fc.nat(40)), (pictures, lengths) => {
        const stream = Buffer.concat(pictures.map(ppm));
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const length of lengths) {
          chunks.push(stream.subarray(at, at + length));
          at += length;
        }
        chunks.push(stream.subarray(at));
        expect(read(chunks)).toEqual(pictures);
      }),
    );
  });

  it.each([
    ['another format', 'P5\n2 2\n255\n', /format/],
    ['bytes of no picture', 'no such thing', /format/],
    ['a header without an end', `P6\n${'1'.repeat(100)}`, /format/],
    ['more than 8 bits a channel', 'P6\n2 2\n65535\n', /too large/],
    ['a picture larger than any camera gives', 'P6\n20000 20000\n255\n', /too large/],
  ])('refuses %s', (_, text, message) => {
    expect(() => read([Buffer.from(text)])).toThrow(message);
  });
});
