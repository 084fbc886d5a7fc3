import type { Frame, FrameFormat } from '../image/frame';

/** A frame that every inference thread can read: its bytes lie in shared memory, which may be longer than they are. */
export interface SharedFrame {
  /** Another number for every picture: a thread takes each in once. */
  readonly serial: number;
  readonly buffer: SharedArrayBuffer;
  readonly byteLength: number;
  readonly width: number;
  readonly height: number;
  readonly format: FrameFormat;
  readonly strideBytes: number;
}

/** The frame as the rest of the library knows it; its bytes are not copied. */
export function frameOf({ buffer, byteLength, width, height, format, strideBytes }: SharedFrame): Frame {
  return { data: new Uint8Array(buffer, 0, byteLength), width, height, format, strideBytes };
}
