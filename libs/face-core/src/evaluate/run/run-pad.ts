import { basename } from 'node:path';

import { needed, type EvaluateOptions } from '../options';
import { evaluatePad, type LivenessScore, type ThresholdSource } from '../protocols/pad';
import { readPadLabels, type PadLabels } from '../readers/pad-labels';
import { padTables } from '../report/other-tables';
import type { Report, ReportedModel } from '../report/report';
import { chooseFace } from '../runner/choose-face';
import { detectImages } from '../runner/detect-images';
import { openLivenessScorer, type LivenessScorer } from '../runner/liveness-scorer';
import { directoryOf, type ShowProgress } from './shared';

/** `pad`: does a picture of a face pass for a live one? */
export async function runPad(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const path = needed(options.labels, '--labels');
  const labels = await readPadLabels(path, directoryOf(options, path));
  const scorer = await openLivenessScorer({
    modelPath: needed(options.livenessModel, '--liveness-model'),
    cardPath: needed(options.livenessCard, '--liveness-card'),
  });
  try {
    const scores = await livenessScores(labels, scorer, options, progress);
    const threshold = await thresholdSource(options, scorer, progress);
    const data = basename(path);
    const { result, scores: set } = evaluatePad(data, labels, scorer.modelId, { scores, threshold });
    const model: ReportedModel = {
      model: scorer.modelId,
      scores: set,
      classes: ['live', 'attacks'],
      threshold: result.perPresentation.threshold,
      mistakes: [],
      images: [],
      outcomes: [],
    };
    return {
      protocol: 'pad',
      data,
      tables: padTables(result),
      results: [result],
      models: [model],
      notes: [],
    };
  } finally {
    await scorer.close();
  }
}

async function thresholdSource(
  options: EvaluateOptions,
  scorer: LivenessScorer,
  progress: ShowProgress,
): Promise<ThresholdSource> {
  if (options.threshold !== undefined) return { kind: 'given', threshold: options.threshold };
  if (options.developmentLabels === undefined) return { kind: 'other-people' };
  const labels = await readPadLabels(
    options.developmentLabels,
    directoryOf(options, options.developmentLabels),
  );
  return { kind: 'development', labels, scores: await livenessScores(labels, scorer, options, progress) };
}

async function livenessScores(
  labels: PadLabels,
  scorer: LivenessScorer,
  options: EvaluateOptions,
  progress: ShowProgress,
): Promise<LivenessScore[]> {
  const byImage: LivenessScore[] = new Array<LivenessScore>(labels.images.length).fill(undefined);
  const bar = progress('Pictures');
  try {
    const { faceSizeMinPx } = options;
    await detectImages(labels.images, { faceSizeMinPx, onProgress: bar.update }, async (index, picture) => {
      const face = picture && chooseFace(picture.faces, picture.frame);
      if (face) byImage[index] = await scorer.score(picture.frame, face.box);
    });
  } finally {
    bar.end();
  }
  return labels.frames.map(({ image }) => byImage[image]);
}
