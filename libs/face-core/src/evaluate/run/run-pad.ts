import { basename } from 'node:path';

import { needed, type EvaluateOptions } from '../options';
import { evaluatePad, type LivenessScore, type ThresholdSource } from '../protocols/pad';
import { readPadLabels, type PadLabels } from '../readers/pad-labels';
import { padTables } from '../report/pad-tables';
import type { Report, ReportedModel } from '../report/report';
import { chooseFace } from '../runner/choose-face';
import { detectImages } from '../runner/detect-images';
import { openLivenessScorer, type LivenessScorer } from '../runner/liveness-scorer';
import { directoryOf, type ShowProgress } from './shared';

const DEFAULT_LIVENESS = 'fr-liveness';

/** `pad`: does a picture of a face pass for a live one? */
export async function runPad(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const path = needed(options.labels, '--labels');
  const labels = await readPadLabels(path, directoryOf(options, path));
  const data = basename(path);
  const runs: ReturnType<typeof evaluatePad>[] = [];
  for (const modelId of options.models ?? [DEFAULT_LIVENESS]) {
    const scorer = await openLivenessScorer(modelId);
    try {
      const scores = await livenessScores(labels, scorer, options, progress);
      const threshold = await thresholdSource(options, scorer, progress);
      runs.push(evaluatePad(data, labels, modelId, { scores, threshold }));
    } finally {
      await scorer.close();
    }
  }
  const results = runs.map(({ result }) => result);
  const models = runs.map(({ result, scores }): ReportedModel => ({
    model: result.model,
    scores,
    classes: ['live', 'attacks'],
    threshold: result.perPresentation.threshold,
    mistakes: [],
    images: [],
    outcomes: [],
  }));
  return { protocol: 'pad', data, tables: results.flatMap(padTables), results, models, notes: [] };
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
