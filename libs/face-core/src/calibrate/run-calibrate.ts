import { basename } from 'node:path';

import { cosineSimilarity } from '../embed/embedding';
import { compareAll } from '../evaluate/protocols/all-pairs';
import { readPersonList } from '../evaluate/readers/identify-lists';
import type { PersonSet } from '../evaluate/readers/images';
import type { PairSet } from '../evaluate/readers/pair-set';
import { readPairs } from '../evaluate/run/run-verification';
import { directoryOf, embedded, type EmbeddedModel, type ShowProgress } from '../evaluate/run/shared';
import { embeddingOf } from '../evaluate/runner/face-outcome';
import { writeAtomically } from '../models/files';
import { calibratedModel } from './calibrated-model';
import type { Calibration, CalibrationSource } from './calibration';
import { calibrationBytes, writeCalibration } from './calibration-store';
import { fitCalibration } from './fit-calibration';
import type { CalibrateOptions } from './options';
import { personSetOfPairs } from './person-set-of-pairs';
import { readScores, type ReadScores } from './read-scores';

/** A calibration that was made and where it was written. */
export interface MadeCalibration {
  readonly calibration: Calibration;
  readonly path: string;
}

/** What a run of `npm run calibrate` made. */
export interface CalibrateReport {
  readonly made: readonly MadeCalibration[];
  /** Lines that a person should read before the figures. */
  readonly notes: readonly string[];
}

interface ScoresOfModel {
  readonly modelId: string;
  readonly scores: ReadScores;
}

/**
 * Makes and writes the calibrations that a command line asks for.
 *
 * @throws {FaceCoreError} those of readers, models and `fitCalibration`
 */
export async function runCalibrate(
  options: CalibrateOptions,
  progress: ShowProgress,
): Promise<CalibrateReport> {
  const { pairs, people, scores, images } = options;
  const { all, notes } =
    scores === undefined
      ? await scoresOfPictures(options, progress)
      : { all: [{ modelId: options.models[0] as string, scores: await readScores(scores) }], notes: [] };
  const source = {
    kind: scores === undefined ? 'pairs' : 'site',
    name: options.name ?? basename(scores ?? pairs ?? people ?? images ?? ''),
    when: new Date().toISOString(),
  } as const;
  const made: MadeCalibration[] = [];
  for (const one of all) made.push(await make(one, source, options.out));
  return { made, notes };
}

async function make(
  { modelId, scores }: ScoresOfModel,
  source: Pick<CalibrationSource, 'kind' | 'name' | 'when'>,
  out: string | undefined,
): Promise<MadeCalibration> {
  const calibration = fitCalibration({ ...scores, ...(await calibratedModel(modelId)), source });
  if (out === undefined) return { calibration, path: await writeCalibration(calibration) };
  await writeAtomically(out, calibrationBytes(calibration));
  return { calibration, path: out };
}

async function scoresOfPictures(
  options: CalibrateOptions,
  progress: ShowProgress,
): Promise<{ all: ScoresOfModel[]; notes: string[] }> {
  const set = await readPictures(options);
  const everyPair = 'members' in set ? set : personSetOfPairs(set);
  const aligned = 'aligned' in set && set.aligned;
  const { all, notes } = await embedded(set.images, { ...options, threshold: undefined }, progress, aligned);
  if (!everyPair) notes.push('The folders of the pictures do not tell people apart: the pairs alone are compared.'); // prettier-ignore
  return {
    notes,
    all: all.map((one) => ({
      modelId: one.model.id,
      scores: everyPair ? scoresOfPeople(everyPair, one) : scoresOfPairs(set as PairSet, one),
    })),
  };
}

async function readPictures(options: CalibrateOptions): Promise<PairSet | PersonSet> {
  const { people } = options;
  if (people === undefined) return readPairs(options);
  return readPersonList(people, directoryOf(options, people));
}

function scoresOfPeople(set: PersonSet, { model, outcomes }: EmbeddedModel): ReadScores {
  const { scores } = compareAll(set, outcomes, model.dimension);
  return { ...scores, comparisonsPerScore: 1 };
}

function scoresOfPairs({ pairs }: PairSet, { outcomes }: EmbeddedModel): ReadScores {
  const of = (same: boolean) =>
    Float64Array.from(
      pairs
        .filter((pair) => pair.same === same)
        .flatMap(({ a, b }) => {
          const [one, other] = [embeddingOf(outcomes[a]), embeddingOf(outcomes[b])];
          return one && other ? [cosineSimilarity(one, other)] : [];
        }),
    );
  return { genuine: of(true), impostor: of(false), comparisonsPerScore: 1 };
}
