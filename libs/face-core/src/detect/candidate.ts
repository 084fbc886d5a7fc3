/**
 * A box on its way through the stages, by its corners in frame pixels, with what the last network said of it.
 *
 * `regression` is what to add to left, top, right and bottom, in parts of the box's own width and height.
 */
export interface Candidate {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
  readonly regression: readonly [left: number, top: number, right: number, bottom: number];
}

/**
 * Moves a box by what the network said.
 *
 * @param extra 1 where the network counts a box's last pixel as part of it (the second and third stage), else 0
 */
export function regressed<C extends Candidate>(candidate: C, extra: 0 | 1): C {
  const { left, top, right, bottom, regression } = candidate;
  const width = right - left + extra;
  const height = bottom - top + extra;
  return {
    ...candidate,
    left: left + regression[0] * width,
    top: top + regression[1] * height,
    right: right + regression[2] * width,
    bottom: bottom + regression[3] * height,
  };
}

/** The box grown along its shorter side to a square about the same centre. */
export function squared<C extends Candidate>(candidate: C): C {
  const width = candidate.right - candidate.left;
  const height = candidate.bottom - candidate.top;
  const side = Math.max(width, height);
  const left = candidate.left + width / 2 - side / 2;
  const top = candidate.top + height / 2 - side / 2;
  return { ...candidate, left, top, right: left + side, bottom: top + side };
}
