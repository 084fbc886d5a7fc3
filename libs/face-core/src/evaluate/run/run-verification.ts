import { basename, dirname, resolve } from 'node:path';

import { needed, type EvaluateOptions } from '../options';
import { evaluateAllPairs } from '../protocols/all-pairs';
import { evaluateKisa } from '../protocols/kisa';
import { evaluatePairs, type VerificationRun } from '../protocols/pairs';
import { readCfp } from '../readers/cfp';
import { readPersonFolders, type EvaluationImage, type PersonSet } from '../readers/images';
import { readInsightfaceBin } from '../readers/insightface-bin';
import { KFACE_PAPER, readKFace } from '../readers/kface';
import { readKisaCsv } from '../readers/kisa-manifest';
import { readLfwPairs } from '../readers/lfw-pairs';
import type { PairSet } from '../readers/pair-set';
import { readPairsCsv } from '../readers/pairs-csv';
import type { Report, ReportedModel } from '../report/report';
import { kisaTables, pairsTables } from '../report/verification-tables';
import { directoryOf, embedded, type EmbeddedModel, type ShowProgress } from './shared';

const GENUINE_IMPOSTOR = ['one person', 'two people'] as const;

/** `pairs`: verification. */
export async function runPairs(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const data = basename(options.pairs ?? needed(options.images, '--images'));
  const set = await readPairs(options);
  const { all, notes } = await embedded(set.images, options, progress, 'aligned' in set && set.aligned);
  const runs = all.map(({ model, outcomes }) =>
    'pairs' in set ? evaluatePairs(data, set, model, outcomes) : evaluateAllPairs(data, set, model, outcomes),
  );
  return verificationReport(data, { runs, all, images: set.images, notes, tables: pairsTables });
}

/**
 * Reads pairs, or people of whom all pairs are made, in the layout that the options say or the file's name tells.
 *
 * @throws {FaceCoreError} `evaluate/usage`, and those of the layout's reader
 */
export async function readPairs(
  options: Pick<EvaluateOptions, 'pairs' | 'images' | 'format'>,
): Promise<PairSet | PersonSet> {
  const { pairs } = options;
  const images = () => options.images ?? dirname(resolve(needed(pairs, '--images')));
  switch (options.format ?? formatOf(pairs)) {
    case 'csv':
      return readPairsCsv(needed(pairs, '--pairs'), images());
    case 'lfw':
      return readLfwPairs(needed(pairs, '--pairs'), images());
    case 'bin':
      return readInsightfaceBin(needed(pairs, '--pairs'));
    case 'cfp-ff':
      return readCfp(needed(options.images, '--images'), 'FF');
    case 'cfp-fp':
      return readCfp(needed(options.images, '--images'), 'FP');
    case 'people':
      return readPersonFolders(needed(options.images, '--images'));
  }
}

function formatOf(pairs: string | undefined) {
  if (pairs === undefined) return 'people';
  if (pairs.endsWith('.bin')) return 'bin';
  return pairs.endsWith('.txt') ? 'lfw' : 'csv';
}

/** `kisa`: the certification test. */
export async function runKisa(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const manifest = options.kface
    ? await readKFace(needed(options.images, '--images'), {
        ...KFACE_PAPER,
        resolution: options.resolution ?? KFACE_PAPER.resolution,
        lights: options.lights,
      })
    : await readKisaCsv(needed(options.manifest, '--manifest'), directoryOf(options, options.manifest));
  const data = basename(options.manifest ?? (options.images as string));
  const { all, notes } = await embedded(manifest.images, options, progress);
  const runs = all.map(({ model, outcomes }) => evaluateKisa(data, manifest, model, outcomes));
  return verificationReport(data, { runs, all, images: manifest.images, notes, tables: kisaTables });
}

function verificationReport<Result extends { protocol: string; model: string }>(
  data: string,
  found: {
    readonly runs: readonly VerificationRun<Result>[];
    readonly all: readonly EmbeddedModel[];
    readonly images: readonly EvaluationImage[];
    readonly notes: readonly string[];
    readonly tables: (results: readonly Result[]) => Report['tables'];
  },
): Report {
  const { runs, all, images, notes } = found;
  const results = runs.map(({ result }) => result);
  const models = runs.map(({ scores, mistakes }, at): ReportedModel => {
    const { model, outcomes } = all[at] as EmbeddedModel;
    const { id, similarityMin: threshold } = model;
    return { model: id, scores, classes: GENUINE_IMPOSTOR, threshold, mistakes, images, outcomes };
  });
  const protocol = results[0]?.protocol ?? '';
  return { protocol, data, tables: found.tables(results), results, models, notes };
}
