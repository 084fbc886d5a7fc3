import type { Frame } from '../image/frame';

/** A frame whose every pixel is what `pixel` says. */
export function paintedFrame(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly [red: number, green: number, blue: number],
): Frame {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(pixel(x, y), (y * width + x) * 3);
  }
  return { data, width, height };
}

/** A frame of one colour. */
export function plainFrame(width: number, height: number, grey = 128): Frame {
  return { data: new Uint8Array(width * height * 3).fill(grey), width, height };
}

/** Bytes that look random and are the same every time. */
export function noiseBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 12345;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[i] = (state >>> 16) & 255;
  }
  return bytes;
}
