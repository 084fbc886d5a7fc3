import type { Candidate } from './candidate';
import { packed, type Canvas, type Strip } from './canvases';
import { CELL_PX, cellsAlong, pixelsFor, STRIDE_PX, type PyramidLevel } from './pyramid';

/** Places that are looked at one by one; with more, the whole level costs less than telling them apart. */
const PLACES_MAX = 400;
/** A part of a level from which on all of it is looked at. */
const PART_MAX = 0.7;

/** A rectangle of cells, its far sides included. */
interface Patch {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Plans a look at a level only where a coarser one saw something.
 *
 * @param boxes what it saw, in pixels of the frame: cells whose middle lies in one of them are looked at
 * @returns a list of canvases for each thread; undefined where that is most of the level
 */
export function planPatches(
  level: PyramidLevel,
  boxes: readonly Candidate[],
  threads: number,
): Canvas[][] | undefined {
  if (boxes.length > PLACES_MAX) return undefined;
  const patches = merged(boxes.flatMap((box) => patchOf(level, box)));
  const area = patches.reduce((sum, patch) => sum + pixelsOf(patch), 0);
  if (area > PART_MAX * level.width * level.height) return undefined;
  const shares = Array.from({ length: threads }, () => ({ pixels: 0, strips: [] as Strip[] }));
  for (const patch of [...patches].sort((a, b) => pixelsOf(b) - pixelsOf(a))) {
    const least = shares.reduce((a, b) => (b.pixels < a.pixels ? b : a));
    least.pixels += pixelsOf(patch);
    least.strips.push(stripOf(level, patch));
  }
  return shares.map(({ strips }) => (strips.length > 0 ? packed(strips) : []));
}

function patchOf({ scale, width, height, margin }: PyramidLevel, box: Candidate): Patch[] {
  const first = (from: number) => Math.max(0, Math.floor((from * scale + margin - CELL_PX / 2) / STRIDE_PX));
  const last = (to: number, length: number) =>
    Math.min(cellsAlong(length) - 1, Math.ceil((to * scale + margin - CELL_PX / 2) / STRIDE_PX));
  const patch = {
    left: first(box.left),
    top: first(box.top),
    right: last(box.right, width),
    bottom: last(box.bottom, height),
  };
  return patch.right >= patch.left && patch.bottom >= patch.top ? [patch] : [];
}

/** Patches that cost no more together than apart, as one, until none are left. */
function merged(patches: readonly Patch[]): Patch[] {
  const result: Patch[] = [];
  for (const patch of patches) {
    let whole = patch;
    for (let index = 0; index < result.length; index += 1) {
      const other = result[index] as Patch;
      const both = around(whole, other);
      if (pixelsOf(both) > pixelsOf(whole) + pixelsOf(other)) continue;
      whole = both;
      result.splice(index, 1);
      // What it has grown to may take in others that were passed over.
      index = -1;
    }
    result.push(whole);
  }
  return result;
}

function around(a: Patch, b: Patch): Patch {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function pixelsOf({ left, top, right, bottom }: Patch): number {
  return pixelsFor(right - left + 1) * pixelsFor(bottom - top + 1);
}

function stripOf({ scale, margin }: PyramidLevel, { left, top, right, bottom }: Patch): Strip {
  return {
    ...{ level: 0, scale, margin, cellRow: top, cellColumn: left },
    width: pixelsFor(right - left + 1),
    height: pixelsFor(bottom - top + 1),
  };
}
