import type { DetectOptions } from './detect/detector';
import type { DetectedFace } from './detect/face';
import type { FaceQuality } from './quality/face-quality';

/** A face with what identifies it, and what else was asked for. */
export interface AnalyzedFace extends DetectedFace {
  /** L2-normalised, of the pipeline's model and dimension. A secret: never log it, never store it in the clear. */
  readonly embedding: Float32Array;
  /** Present when it was asked for. */
  readonly quality?: FaceQuality;
  /**
   * How likely the face is a live person, 0 to 1: a hint, no verdict. Present when it was asked for and the network could
   * tell: where it is absent nothing is known, which a caller that needs liveness treats as not live.
   */
  readonly liveness?: number;
}

/** An analysed face whose quality was asked for. */
export type MeasuredFace = AnalyzedFace & { readonly quality: FaceQuality };

/** What a face is asked beside who it is. */
export interface FaceAspects {
  /** Measure how good the picture of the face is. Default false. */
  readonly quality?: boolean;
  /** Tell live faces from pictures of faces; the pipeline must have been opened with `livenessId`. Default false. */
  readonly liveness?: boolean;
}

/** What to look for, and what to say of each face. */
export type AnalyzeOptions = DetectOptions & FaceAspects;
