import type { Mistake } from '../protocols/mistakes';
import type { EvaluationImage } from '../readers/images';
import type { FaceOutcome } from '../runner/face-outcome';
import type { ScoreSet } from '../statistics/score-set';
import type { TextTable } from './table';

/** All that a run has to tell, in whatever form. */
export interface Report {
  readonly protocol: string;
  readonly data: string;
  readonly tables: readonly TextTable[];
  /** For `--json`: one for each model. */
  readonly results: readonly object[];
  /** For `--html`: what curves and pictures are made of. */
  readonly models: readonly ReportedModel[];
  /** Lines that a person should read before the figures. */
  readonly notes: readonly string[];
}

/** One model's part in the pictures of a report. */
export interface ReportedModel {
  readonly model: string;
  readonly scores: ScoreSet;
  /** What the two classes of scores are called. */
  readonly classes: readonly [genuine: string, impostor: string];
  readonly threshold: number | undefined;
  readonly mistakes: readonly Mistake[];
  readonly images: readonly EvaluationImage[];
  readonly outcomes: readonly FaceOutcome[];
}

/** The JSON of a report: one result, or a list of them for several models. Figures that do not exist are left out. */
export function reportJson({ results }: Report): string {
  const [only, ...more] = results;
  // A threshold that accepts nothing is infinite, which JSON writes as null.
  return `${JSON.stringify(more.length > 0 ? results : only, null, 2)}\n`;
}
