import type { AnalyzedFace, AnalyzeOptions } from '../analyzed-face';
import type { DetectOptions } from '../detect/detector';
import type { Box, DetectedFace } from '../detect/face';
import type { Embedded } from '../embed/embedder';
import type { DescribedFace } from './described-face';
import type { SharedFrame } from './shared-frame';

/** What the inference thread can be asked, and what it answers. See `Engine`. */
export type EngineCalls = {
  detect: { ask: { frame: SharedFrame; options: DetectOptions }; answer: DetectedFace[] };
  refine: {
    ask: { frame: SharedFrame; boxes: readonly Box[]; options: DetectOptions };
    answer: (DetectedFace | undefined)[];
  };
  analyze: { ask: { frame: SharedFrame; options: AnalyzeOptions }; answer: AnalyzedFace[] };
  embed: { ask: { crops: readonly Uint8Array[] }; answer: Embedded[] };
  describe: {
    ask: { frame: SharedFrame; faces: readonly DetectedFace[]; quality: boolean };
    answer: (DescribedFace | undefined)[];
  };
  liveness: { ask: { frame: SharedFrame; boxes: readonly Box[] }; answer: (number | undefined)[] };
};

/** What the inference thread says of its embedder when it is ready. */
export interface EngineGreeting {
  readonly modelId: string;
  readonly dimension: number;
  readonly similarityMin: number;
}
