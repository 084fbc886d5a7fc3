import type { BoxPx } from '@munjigi/contracts';

/** A size in pixels, of a frame or of an element. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a frame lies in an element: frame pixel (x, y) is at element pixel (left + x * scale, top + y * scale). */
export interface Fit {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** A face's place in the element, in CSS pixels, cut to what the element shows. */
export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Where its label has room. */
  readonly label: 'below' | 'above' | 'inside';
  /** Which of the box's edges the label keeps to, so that the element's edge does not cut it. */
  readonly align: 'start' | 'centre' | 'end';
}

/** Room that a label takes, px. */
const LABEL_HEIGHT_PX = 24;
const LABEL_WIDTH_PX = 200;

/** Lays the whole frame into the element, centred, as `object-fit: contain` does. Null when either has no area. */
export function fitContain(frame: Size, element: Size): Fit | null {
  if (frame.width <= 0 || frame.height <= 0 || element.width <= 0 || element.height <= 0) return null;
  const scale = Math.min(element.width / frame.width, element.height / frame.height);
  return {
    scale,
    left: (element.width - frame.width * scale) / 2,
    top: (element.height - frame.height * scale) / 2,
  };
}

/** Puts a face's box over the picture. Null when the box lies outside the frame altogether. */
export function placeBox(box: BoxPx, frame: Size, element: Size): Placed | null {
  const fit = fitContain(frame, element);
  if (!fit) return null;
  const x0 = Math.max(0, box.x);
  const y0 = Math.max(0, box.y);
  const x1 = Math.min(frame.width, box.x + box.width);
  const y1 = Math.min(frame.height, box.y + box.height);
  if (x1 <= x0 || y1 <= y0) return null;
  const top = fit.top + y0 * fit.scale;
  const height = (y1 - y0) * fit.scale;
  const label =
    top + height + LABEL_HEIGHT_PX <= element.height ? 'below' : top >= LABEL_HEIGHT_PX ? 'above' : 'inside';
  const left = fit.left + x0 * fit.scale;
  const width = (x1 - x0) * fit.scale;
  const centre = left + width / 2;
  const align =
    centre < LABEL_WIDTH_PX / 2 ? 'start' : centre > element.width - LABEL_WIDTH_PX / 2 ? 'end' : 'centre';
  return { left, top, width, height, label, align };
}

/**
 * A square around a face with room on each side, within the picture.
 *
 * @param marginRatio of the box's longer side, on each side
 * @param picture the drawn picture's size; it may be smaller than the frame that the box is in, in proportion
 * @returns pixels of the picture
 */
export function portraitSquare(box: BoxPx, frame: Size, picture: Size, marginRatio = 0.3): BoxPx {
  const scale = picture.width / frame.width;
  const wanted = Math.max(box.width, box.height) * (1 + 2 * marginRatio) * scale;
  const side = Math.min(wanted, picture.width, picture.height);
  const centreX = (box.x + box.width / 2) * scale;
  const centreY = (box.y + box.height / 2) * scale;
  return {
    x: clamp(centreX - side / 2, 0, picture.width - side),
    y: clamp(centreY - side / 2, 0, picture.height - side),
    width: side,
    height: side,
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
