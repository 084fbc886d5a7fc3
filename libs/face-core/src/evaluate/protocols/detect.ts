import type { Box, DetectedFace, Landmarks, Point } from '../../detect/face';
import type { DetectLabels, LabelledFace } from '../readers/detect-labels';
import { wilsonInterval, type Interval } from '../statistics/interval';
import { quantile } from '../statistics/quantile';
import { rateOf } from '../statistics/score-set';
import { byGroup, largestGap, type ByGroup, type GroupGap } from './largest-gap';

/** How a group of marked faces fared. */
export interface DetectFigures {
  readonly faces: number;
  readonly found: number;
  readonly recall: number | undefined;
  readonly recallInterval: Interval | undefined;
  /** Mean distance of the five points from the marks, over the distance between the marked eyes. */
  readonly landmarkError: ErrorSpread;
  /** The same over the root of the box's area, which a profile does not shrink. */
  readonly landmarkErrorOfBox: ErrorSpread;
}

/** Middle and tail of errors; undefined where no face was found. */
export interface ErrorSpread {
  readonly median: number | undefined;
  readonly p90: number | undefined;
}

/** What `detect` finds. */
export interface DetectResult extends DetectFigures {
  readonly protocol: 'detect';
  readonly data: string;
  readonly model: string;
  readonly counts: { readonly images: number; readonly unreadable: number; readonly detections: number };
  /**
   * Share of detections that are marked faces. A lower bound: faces that nobody marked count against it.
   */
  readonly precisionAtLeast: number | undefined;
  /** By the absolute yaw, degrees. */
  readonly byYaw: Readonly<Record<string, DetectFigures>>;
  /** By the root of the marked box's area, pixels. */
  readonly bySize: Readonly<Record<string, DetectFigures>>;
  readonly groups?: ByGroup<DetectFigures>;
  /** Of the recall. */
  readonly largestGap?: GroupGap | undefined;
}

/** Detections overlap the marked box by less than that when they are of something else. */
const OVERLAP_MIN = 0.3;
const YAW_EDGES = [0, 15, 30, 45, 60, 91];
const SIZE_EDGES = [0, 40, 80, 160, 320, Infinity];

/**
 * Compares detections with marked faces.
 *
 * A detection and a mark belong together when they overlap (intersection over union) by at least 0.3, best overlap
 * first, each used once. The marked boxes end at the eyebrows, detectors' at the forehead: hence no 0.5.
 *
 * @param detections for each picture; undefined where it could not be decoded, which counts as nothing found
 */
export function evaluateDetect(
  data: string,
  labels: DetectLabels,
  model: string,
  detections: readonly (readonly DetectedFace[] | undefined)[],
): DetectResult {
  const judged = labels.images.flatMap((_, image) =>
    matched(
      labels.faces.filter((face) => face.image === image),
      detections[image] ?? [],
    ),
  );
  const total = detections.reduce((sum, faces) => sum + (faces?.length ?? 0), 0);
  const all = figuresOf(judged);
  return {
    protocol: 'detect',
    data,
    model,
    counts: {
      images: labels.images.length,
      unreadable: labels.images.filter((_, image) => !detections[image]).length,
      detections: total,
    },
    ...all,
    precisionAtLeast: rateOf(all.found, total),
    byYaw: binned(judged, YAW_EDGES, ({ label }) => label.yaw && Math.abs(label.yaw), '°'),
    bySize: binned(judged, SIZE_EDGES, ({ label }) => sizeOf(label.box), ' px'),
    ...grouped(judged),
  };
}

function grouped(judged: readonly Judged[]): Pick<DetectResult, 'groups' | 'largestGap'> {
  const members = judged.map((one) => ({ ...one, groups: one.label.groups }));
  const groups = byGroup(members, figuresOf);
  return groups ? { groups, largestGap: largestGap(groups, { recall: ({ recall }) => recall }) } : {};
}

interface Judged {
  readonly label: LabelledFace;
  readonly landmarks: Landmarks | undefined;
}

function matched(labels: readonly LabelledFace[], faces: readonly DetectedFace[]): Judged[] {
  const candidates = labels
    .flatMap((label) => faces.map((face) => ({ label, face, overlap: overlapOf(label.box, face.box) })))
    .filter(({ overlap }) => overlap >= OVERLAP_MIN)
    .sort((a, b) => b.overlap - a.overlap);
  const taken = new Map<LabelledFace, DetectedFace>();
  const used = new Set<DetectedFace>();
  for (const { label, face } of candidates) {
    if (taken.has(label) || used.has(face)) continue;
    taken.set(label, face);
    used.add(face);
  }
  return labels.map((label) => ({ label, landmarks: taken.get(label)?.landmarks }));
}

function overlapOf(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (across <= 0 || down <= 0) return 0;
  const shared = across * down;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

function figuresOf(judged: readonly Judged[]): DetectFigures {
  const found = judged.flatMap(({ label, landmarks }) => (landmarks ? [{ label, landmarks }] : []));
  const spread = (scale: (label: LabelledFace) => number): ErrorSpread => {
    const errors = found.map(
      ({ label, landmarks }) => meanDistance(label.landmarks, landmarks) / scale(label),
    );
    return { median: quantile(errors, 0.5), p90: quantile(errors, 0.9) };
  };
  return {
    faces: judged.length,
    found: found.length,
    recall: rateOf(found.length, judged.length),
    recallInterval: wilsonInterval(found.length, judged.length),
    // In profile the eyes meet; an error of infinitely many eye distances would say nothing.
    landmarkError: spread(({ landmarks: [left, right] }) => Math.max(1, distance(left, right))),
    landmarkErrorOfBox: spread(({ box }) => sizeOf(box)),
  };
}

function binned(
  judged: readonly Judged[],
  edges: readonly number[],
  value: (one: Judged) => number | undefined,
  unit: string,
): Record<string, DetectFigures> {
  return Object.fromEntries(
    edges.slice(0, -1).flatMap((from, bin) => {
      const to = edges[bin + 1] as number;
      const members = judged.filter((one) => {
        const at = value(one);
        return at !== undefined && at >= from && at < to;
      });
      const upper = Number.isFinite(to) ? ` to ${to === 91 ? 90 : to}` : ' and more';
      return members.length > 0 ? [[`${from}${upper}${unit}`, figuresOf(members)]] : [];
    }),
  );
}

function sizeOf({ width, height }: Box): number {
  return Math.sqrt(width * height);
}

function meanDistance(marks: Landmarks, found: Landmarks): number {
  return marks.reduce((sum, mark, at) => sum + distance(mark, found[at]), 0) / marks.length;
}

function distance(a: Point | undefined, b: Point | undefined): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Number.NaN;
}
