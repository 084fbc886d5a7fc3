import { FaceCoreError } from '../errors';
import type { DetectOptions } from './detector';

/** Options with every default filled in. */
export interface ResolvedDetectOptions {
  readonly faceSizeMinPx: number;
  readonly scaleFactor: number;
  /** From which logit on each network's box is kept. */
  readonly logitMin: { readonly propose: number; readonly refine: number; readonly output: number };
  readonly facesMax: number;
}

const FACE_SIZE_MIN_PX = 40;
const FACE_SIZE_FLOOR_PX = 20;
const SCALE_FACTOR = 0.709;
const FACES_MAX = 64;

/**
 * Fills in defaults and refuses what makes no sense.
 *
 * @param scoreMin the networks' own thresholds
 * @throws {FaceCoreError} `detect/invalid-options`
 */
export function resolveDetectOptions(
  options: DetectOptions,
  scoreMin: { readonly propose: number; readonly refine: number; readonly output: number },
): ResolvedDetectOptions {
  const { faceSizeMinPx = FACE_SIZE_MIN_PX, scaleFactor = SCALE_FACTOR, facesMax = FACES_MAX } = options;
  const scores = { ...scoreMin, ...defined(options.scoreMin ?? {}) };
  if (!Number.isFinite(faceSizeMinPx) || faceSizeMinPx <= 0) {
    throw invalid(`a smallest face of ${faceSizeMinPx} pixels`);
  }
  if (!(scaleFactor >= 0.5 && scaleFactor <= 0.9)) throw invalid(`a scale factor of ${scaleFactor}`);
  if (!Number.isInteger(facesMax) || facesMax < 1) throw invalid(`${facesMax} faces at most`);
  const wrong = Object.values(scores).find((score) => !(score >= 0 && score <= 1));
  if (wrong !== undefined) throw invalid(`a score of ${wrong}`);
  return {
    faceSizeMinPx: Math.max(FACE_SIZE_FLOOR_PX, faceSizeMinPx),
    scaleFactor,
    facesMax,
    logitMin: {
      propose: logitOf(scores.propose),
      refine: logitOf(scores.refine),
      output: logitOf(scores.output),
    },
  };
}

/** The probability of a logit, 0 to 1. */
export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function invalid(what: string): FaceCoreError {
  return new FaceCoreError('detect/invalid-options', `A detector cannot look for faces with ${what}.`);
}
