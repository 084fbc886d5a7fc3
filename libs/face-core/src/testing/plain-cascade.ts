import type { DetectedFace } from '../detect/face';
import type { Frame } from '../image/frame';
import { moved, squared, withoutDoubles, type Judged } from './plain-boxes';
import { loadPlain, type PlainNetwork } from './plain-networks';
import { averagedPlanes, bilinearPlanes } from './plain-pixels';

/** What the plain cascade finds. */
export interface PlainFaces {
  /** Largest first. */
  readonly faces: DetectedFace[];
  /** Every box that the third network takes for a face, before the best of each face is chosen. */
  readonly judged: DetectedFace[];
}

const CELL_PX = 12;
const SCALE_FACTOR = 0.709;
const SCORE_MIN = { propose: 0.6, refine: 0.7, output: 0.7 } as const;

/**
 * The cascade as its paper draws it, on the networks as they were trained: one scale after another, one crop after
 * another, every box judged, all in plain loops. What the fast one must agree with.
 *
 * @see Zhang et al., 2016; scales, margins, crops and thresholds are those that `Mtcnn` documents
 */
export class PlainCascade {
  private constructor(
    private readonly propose: PlainNetwork,
    private readonly refine: PlainNetwork,
    private readonly output: PlainNetwork,
  ) {}

  /** Loads the three networks. */
  static async load(): Promise<PlainCascade> {
    return new PlainCascade(
      await loadPlain('mtcnn-pnet'),
      await loadPlain('mtcnn-rnet'),
      await loadPlain('mtcnn-onet'),
    );
  }

  /** Finds faces. @param frame RGB without gaps */
  async detect(frame: Frame, faceSizeMinPx: number): Promise<PlainFaces> {
    const refined: Judged[] = [];
    for (const box of await this.#proposed(frame, faceSizeMinPx)) {
      const judged = await judge(this.refine, frame, box, 24);
      if (judged.score >= SCORE_MIN.refine) refined.push(judged);
    }
    const faces: (Judged & { face: DetectedFace })[] = [];
    for (const box of withoutDoubles(refined, 0.7, 'union')) {
      const judged = await judge(this.output, frame, squared(moved(box, 1)), 48, ['landmarks']);
      if (judged.score >= SCORE_MIN.output) faces.push({ ...moved(judged, 1), face: faceOf(judged) });
    }
    const areaOf = ({ box }: DetectedFace) => box.width * box.height;
    return {
      judged: faces.map(({ face }) => face),
      faces: withoutDoubles(faces, 0.7, 'minimum')
        .map(({ face }) => face)
        .filter(({ box }) => Math.max(box.width, box.height) >= faceSizeMinPx)
        .sort((a, b) => areaOf(b) - areaOf(a)),
    };
  }

  /** Frees the networks. */
  async release(): Promise<void> {
    await Promise.all([this.propose, this.refine, this.output].map((network) => network.release()));
  }

  async #proposed(frame: Frame, faceSizeMinPx: number): Promise<Judged[]> {
    const shortSide = Math.min(frame.width, frame.height);
    const boxes: Judged[] = [];
    if (shortSide < faceSizeMinPx) return boxes;
    for (let scale = CELL_PX / faceSizeMinPx; shortSide * scale >= CELL_PX / 1.5; scale *= SCALE_FACTOR) {
      boxes.push(...withoutDoubles(await this.#proposedAt(frame, scale), 0.5, 'union'));
    }
    return withoutDoubles(boxes, 0.7, 'union').map((box) => squared(moved(box, 0)));
  }

  async #proposedAt(frame: Frame, scale: number): Promise<Judged[]> {
    const shortSide = Math.min(frame.width, frame.height) * scale;
    const margin = shortSide * 0.3 <= CELL_PX ? even(0.3 * shortSide) : 0;
    const [width, height] = [frame.width, frame.height].map((side) =>
      Math.max(CELL_PX, even(side * scale) + 2 * margin),
    ) as [number, number];
    const edge = -margin / scale;
    const grid = { left: edge, top: edge, step: 1 / scale, width, height };
    const planes = bilinearPlanes(frame, grid, margin > 0 ? 'black' : 'nearest');
    const [probability, regression] = await this.propose.run(planes, [1, 3, height, width], ['probability', 'regression']); // prettier-ignore
    const [columns, rows] = [width / 2 - 5, height / 2 - 5];
    const plane = columns * rows;
    const boxes: Judged[] = [];
    for (let cell = 0; cell < plane; cell += 1) {
      const score = probability?.[plane + cell] ?? 0;
      if (score < SCORE_MIN.propose) continue;
      const x = 2 * (cell % columns) + 1 - margin;
      const y = 2 * Math.floor(cell / columns) + 1 - margin;
      boxes.push({
        left: Math.floor(x / scale),
        top: Math.floor(y / scale),
        right: Math.floor((x + CELL_PX - 1) / scale),
        bottom: Math.floor((y + CELL_PX - 1) / scale),
        score,
        regression: [0, 1, 2, 3].map((side) => regression?.[side * plane + cell] ?? NaN),
      });
    }
    return boxes;
  }
}

async function judge(
  network: PlainNetwork,
  frame: Frame,
  box: Judged,
  sizePx: number,
  more: readonly string[] = [],
): Promise<Judged & { points: readonly number[] }> {
  // Boxes are counted from 1 and have their last pixel.
  const size = box.right - box.left + 1;
  const step = size / sizePx;
  const grid = { left: box.left - 1, top: box.top - 1, step, width: sizePx, height: sizePx };
  const planes =
    step <= 3
      ? bilinearPlanes(frame, grid, 'black')
      : averagedPlanes(frame, grid, Math.min(6, Math.ceil(step / 3)));
  const outputs = ['probability', 'regression', ...more];
  const [probability, regression, points] = await network.run(planes, [1, 3, sizePx, sizePx], outputs);
  return {
    ...box,
    score: probability?.[1] ?? 0,
    regression: [...(regression ?? [])],
    points: [...(points ?? [])],
  };
}

function faceOf(judged: Judged & { points: readonly number[] }): DetectedFace {
  const { left, top, right, bottom, score, points } = judged;
  const final = moved(judged, 1);
  return {
    score,
    box: { x: final.left, y: final.top, width: final.right - final.left, height: final.bottom - final.top },
    landmarks: [0, 1, 2, 3, 4].map((point) => ({
      x: left + (right - left + 1) * (points[point] ?? NaN) - 1,
      y: top + (bottom - top + 1) * (points[point + 5] ?? NaN) - 1,
    })),
  };
}

function even(length: number): number {
  return 2 * Math.ceil(length / 2 - 1e-9);
}
