import type { Box } from '../detect/face';
import { FaceCoreError } from '../errors';
import type { FrameSize } from '../track/tracker';

/** A part of a frame in whole pixels, inside it. */
export interface Region {
  readonly left: number;
  readonly top: number;
  /** At least 1. */
  readonly width: number;
  /** At least 1. */
  readonly height: number;
}

/**
 * The part of a frame that a network looks at: the face's box scaled about its centre, box shape kept.
 *
 * A region that would leave the frame is moved inside; one larger than the frame is scaled down to fit. The networks
 * were trained on exactly that, so nothing is padded.
 *
 * @param boxScale how many times the box, more than 0
 * @throws {FaceCoreError} `box/invalid` when the box is not finite, has no area or does not touch the frame
 */
export function regionOf(frame: FrameSize, box: Box, boxScale: number): Region {
  assertBox(frame, box);
  const scale = Math.min(boxScale, (frame.width - 1) / box.width, (frame.height - 1) / box.height);
  const horizontal = span(box.x + box.width / 2, box.width * scale, frame.width);
  const vertical = span(box.y + box.height / 2, box.height * scale, frame.height);
  return { left: horizontal.start, top: vertical.start, width: horizontal.length, height: vertical.length };
}

function span(centre: number, length: number, limit: number): { start: number; length: number } {
  const earliest = Math.max(0, centre - length / 2);
  const start = Math.max(0, Math.floor(Math.min(earliest, limit - 1 - length)));
  const end = Math.min(limit, Math.floor(start + length) + 1);
  return { start, length: Math.max(1, end - start) };
}

function assertBox(frame: FrameSize, { x, y, width, height }: Box): void {
  const touches = x < frame.width && y < frame.height && x + width > 0 && y + height > 0;
  // Written so that a NaN fails it.
  if (width > 0 && height > 0 && Number.isFinite(width * height) && touches) return;
  throw new FaceCoreError('box/invalid', 'The box has no area, is not finite or lies outside the frame.');
}
