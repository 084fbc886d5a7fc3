import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

import { mediaPath } from '../testing/media';
import { decodeImage } from './decode-image';

/** A picture 40 x 20, red on its left half, blue on its right. */
function twoColours(): sharp.Sharp {
  const data = Buffer.alloc(40 * 20 * 3);
  for (let i = 0; i < 40 * 20; i += 1) data[i * 3 + (i % 40 < 20 ? 0 : 2)] = 255;
  return sharp(data, { raw: { width: 40, height: 20, channels: 3 } });
}

function pixel(frame: { data: Uint8Array; width: number }, x: number, y: number): number[] {
  const at = (y * frame.width + x) * 3;
  return [...frame.data.subarray(at, at + 3)];
}

/** A PNG whose header promises a size that its few bytes do not hold. */
function pngClaiming(width: number, height: number): Uint8Array {
  const chunk = (type: string, body: Buffer) => {
    const head = Buffer.concat([Buffer.from(type), body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(head));
    return Buffer.concat([length, head, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length / 2);
}

describe('decodeImage', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('decodes %s to RGB rows from the top', async (format) => {
    const frame = await decodeImage(await twoColours().toFormat(format, { quality: 95 }).toBuffer());

    expect([frame.width, frame.height, frame.data.length]).toEqual([40, 20, 2400]);
    const [left, right] = [pixel(frame, 5, 10), pixel(frame, 35, 10)];
    expect(left[0]).toBeGreaterThan(230);
    expect(left[2]).toBeLessThan(25);
    expect(right[0]).toBeLessThan(25);
    expect(right[2]).toBeGreaterThan(230);
  });

  it('turns a picture upright as its EXIF says', async () => {
    const turned = await twoColours().jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();

    const frame = await decodeImage(turned);

    expect([frame.width, frame.height]).toEqual([20, 40]);
    expect(pixel(frame, 10, 5)[0]).toBeGreaterThan(230);
    expect(pixel(frame, 10, 35)[2]).toBeGreaterThan(230);
  });

  it.each([
    ['grey', () => twoColours().toColourspace('b-w').png().toBuffer()],
    ['CMYK', () => twoColours().toColourspace('cmyk').jpeg().toBuffer()],
    ['16-bit', () => twoColours().toColourspace('rgb16').png().toBuffer()],
    ['palette', () => twoColours().png({ palette: true }).toBuffer()],
  ])('makes 8-bit RGB of a %s picture', async (_, encoded) => {
    const frame = await decodeImage(await encoded());

    expect(frame.data.length).toBe(40 * 20 * 3);
    expect(pixel(frame, 5, 10)).not.toEqual(pixel(frame, 35, 10));
  });

  it('lays transparency on white', async () => {
    const clear = {
      create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    } as const;

    const frame = await decodeImage(await sharp(clear).png().toBuffer());

    expect(pixel(frame, 1, 1)).toEqual([255, 255, 255]);
  });

  it('decodes a picture of one pixel', async () => {
    const one = await twoColours().extract({ left: 0, top: 0, width: 1, height: 1 }).png().toBuffer();

    expect(await decodeImage(one)).toMatchObject({ width: 1, height: 1 });
  });

  it('scales a picture down to the longest side allowed', async () => {
    const frame = await decodeImage(await twoColours().png().toBuffer(), { sideMaxPx: 10 });

    expect([frame.width, frame.height]).toEqual([10, 5]);
  });

  it('refuses 20,000 x 20,000 pixels from the header, without decoding them', async () => {
    const started = performance.now();

    await expect(decodeImage(pngClaiming(20_000, 20_000))).rejects.toMatchObject({ code: 'image/too-large' });
    // Decoding 1.2 GB would take seconds.
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('refuses a file of too many bytes', async () => {
    const png = await twoColours().png().toBuffer();

    await expect(decodeImage(png, { bytesMax: png.length - 1 })).rejects.toMatchObject({
      code: 'image/too-large',
    });
    await expect(decodeImage(png, { bytesMax: png.length })).resolves.toMatchObject({ width: 40 });
  });

  it.each([
    ['no bytes', () => Promise.resolve(Buffer.alloc(0)), 'image/unreadable'],
    [
      'text under a picture’s name',
      () => Promise.resolve(Buffer.from('%PDF-1.7 hello')),
      'image/unsupported-type',
    ],
    ['a GIF', () => twoColours().gif().toBuffer(), 'image/unsupported-type'],
    ['an SVG', () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'image/unsupported-type'], // prettier-ignore
    [
      'a JPEG’s first bytes alone',
      () => Promise.resolve(Buffer.from([0xff, 0xd8, 0xff, 0xe0])),
      'image/unreadable',
    ],
    ['a truncated JPEG', async () => half(await readFile(mediaPath('franck_02045.jpg'))), 'image/unreadable'],
    ['a truncated PNG', () => Promise.resolve(Buffer.from(pngClaiming(300, 300))), 'image/unreadable'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(decodeImage(await bytes())).rejects.toMatchObject({ code });
  });
});
