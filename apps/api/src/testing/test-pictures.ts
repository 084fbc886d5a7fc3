import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { defaultMediaDirectory } from '@munjigi/face-core';
import sharp from 'sharp';

/** A real photograph, by its name in the folder that the set-up filled. */
export function photograph(name: string): Buffer {
  return readFileSync(join(defaultMediaDirectory(), name));
}

/** A picture of one colour, without a face. */
export function plainPicture(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#8090a0' } })
    .png()
    .toBuffer();
}

/** Photographs side by side, each scaled to a width. */
export async function sideBySide(photos: readonly Buffer[], widthPx: number): Promise<Buffer> {
  const scaled = await Promise.all(
    photos.map((photo) => sharp(photo).resize({ width: widthPx, height: widthPx }).toBuffer()),
  );
  const canvas = sharp({
    create: { width: widthPx * photos.length, height: widthPx, channels: 3, background: '#fff' },
  });
  return canvas
    .composite(scaled.map((input, index) => ({ input, left: index * widthPx, top: 0 })))
    .jpeg()
    .toBuffer();
}

/** A small valid PNG file of very many black pixels. */
export function decompressionBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
