import { basename } from 'node:path';

import { ffmpegPlaces } from '../../config';
import { FaceCoreError } from '../../errors';
import { CHAIN_DEFAULTS } from '../../identify/chain-defaults';
import { findFfmpeg } from '../../video/find-ffmpeg';
import { probeVideo } from '../../video/probe-video';
import { needed, usageError, type EvaluateOptions } from '../options';
import { evaluateVideo, type ChainSettings } from '../protocols/video';
import { readPersonList } from '../readers/identify-lists';
import { readVideoLabels, STRANGER, type Enrolment, type VideoLabels } from '../readers/video-labels';
import type { Report, ReportedModel } from '../report/report';
import { videoTables } from '../report/video-tables';
import { defaultCacheDirectory } from '../runner/cache-directory';
import { enrolledGallery } from '../runner/enrol';
import { enrolRecordings, type EnrolledRecordings } from '../runner/enrol-recordings';
import { traceRecordings, type ReadableRecording } from '../runner/trace-recordings';
import { directoryOf, embedded, type EmbeddedModel, type ShowProgress } from './shared';

type VideoRun = ReturnType<typeof evaluateVideo>;

/** `video`: a door's whole chain, on recordings. */
export async function runVideo(options: EvaluateOptions, progress: ShowProgress): Promise<Report> {
  const path = needed(options.labels, '--labels');
  const labels = await withGallery(await readVideoLabels(path, directoryOf(options, path)), options);
  assertEnrolled(labels, path);
  const ffmpegPath = await findFfmpeg(ffmpegPlaces());
  const recordings = await readable(labels.recordings, ffmpegPath);
  const enrolmentOptions = { ...options, faceSizeMinPx: undefined };
  const pictures = await embedded(labels.images, enrolmentOptions, progress);
  const { framesPerSecondMax } = chainSettings(options, 0);
  const cacheDirectory = options.cache ?? defaultCacheDirectory();
  const enrolled = await enrolRecordings(enrollingRecordings(labels), {
    models: pictures.all.map(({ model }) => model),
    ...{ ffmpegPath, framesPerSecondMax, cacheDirectory },
  });
  const data = basename(path);
  const runs: VideoRun[] = [];
  const notes = labels.images.length > 0 ? [...pictures.notes] : [];
  for (const embeddedModel of pictures.all) {
    const { run, note } = await runModel(embeddedModel, {
      ...{ data, labels, recordings, enrolled, cacheDirectory, ffmpegPath, options, progress },
    });
    runs.push(run);
    notes.push(note);
  }
  return videoReport(data, runs, notes);
}

function videoReport(data: string, runs: readonly VideoRun[], notes: readonly string[]): Report {
  const results = runs.map(({ result }) => result);
  const models = runs.map(({ result, scores }): ReportedModel => ({
    model: result.model,
    scores,
    classes: ['the enrolled', 'strangers'],
    threshold: result.settings.similarityMin,
    mistakes: [],
    images: [],
    outcomes: [],
  }));
  return { protocol: 'video', data, tables: videoTables(results), results, models, notes };
}

interface RunParts {
  readonly data: string;
  readonly labels: VideoLabels;
  readonly recordings: readonly ReadableRecording[];
  readonly enrolled: EnrolledRecordings;
  readonly cacheDirectory: string;
  readonly ffmpegPath: string;
  readonly options: EvaluateOptions;
  readonly progress: ShowProgress;
}

async function runModel(
  { model, outcomes }: EmbeddedModel,
  parts: RunParts,
): Promise<{ run: VideoRun; note: string }> {
  const { data, labels, recordings, ffmpegPath, options, progress } = parts;
  const enrolled = enrolledGallery(labels, model, {
    pictures: outcomes,
    recordings: parts.enrolled.get(model.id) ?? new Map(),
  });
  const settings = chainSettings(options, model.similarityMin);
  const totalMs = recordings.reduce((sum, { facts }) => sum + (facts.durationMs ?? 0), 0);
  const bar = progress(`Seconds of video, ${model.id}`);
  try {
    const { traces, computedMs, seconds } = await traceRecordings(recordings, {
      ...{ model, enrolled, settings, ffmpegPath },
      workers: options.workers ?? 1,
      cacheDirectory: parts.cacheDirectory,
      onProgress: (videoMs) =>
        bar.update(Math.round(Math.min(videoMs, totalMs) / 1000), Math.round(totalMs / 1000)),
    });
    const { templates, failedToEnrol } = enrolled;
    const enrolment = { templates, failedToEnrol };
    return {
      run: evaluateVideo(data, labels, { model: model.id, settings, enrolment, traces }),
      note: videoNote(model.id, computedMs / 1000, seconds),
    };
  } finally {
    bar.end();
  }
}

function chainSettings(options: EvaluateOptions, similarityMin: number): ChainSettings {
  return {
    framesPerSecondMax: options.framesPerSecond ?? CHAIN_DEFAULTS.framesPerSecondMax,
    faceSizeMinPx: options.faceSizeMinPx ?? CHAIN_DEFAULTS.faceSizeMinPx,
    framesToDecide: options.framesToDecide ?? CHAIN_DEFAULTS.framesToDecide,
    marginMin: options.margin ?? CHAIN_DEFAULTS.marginMin,
    similarityMin,
  };
}

/** Adds the people of `--gallery`, pictures all. */
async function withGallery(labels: VideoLabels, options: EvaluateOptions): Promise<VideoLabels> {
  if (options.gallery === undefined) return labels;
  const { images, members } = await readPersonList(options.gallery, directoryOf(options, options.gallery));
  if (members.some(({ person }) => person === STRANGER)) {
    throw usageError(`--gallery enrols “${STRANGER}”, which the labels call people who are not enrolled.`);
  }
  const offset = labels.images.length;
  const added = members.map(({ person, image }): Enrolment => ({ person, image: image + offset }));
  return { ...labels, images: [...labels.images, ...images], enrolments: [...labels.enrolments, ...added] };
}

function assertEnrolled({ enrolments }: VideoLabels, path: string): void {
  if (enrolments.length > 0) return;
  throw new FaceCoreError(
    'evaluate/empty-input',
    `${path} enrols nobody, so nobody can pass: name a picture or a recording in a column enrol, or give --gallery.`,
  );
}

function enrollingRecordings({ enrolments }: VideoLabels): Set<string> {
  return new Set(enrolments.flatMap((one) => ('recording' in one ? [one.recording.path] : [])));
}

/** Makes sure of every recording before hours are spent on the first. */
async function readable(
  recordings: VideoLabels['recordings'],
  ffmpegPath: string,
): Promise<ReadableRecording[]> {
  const all: ReadableRecording[] = [];
  for (const recording of recordings) {
    all.push({ ...recording, facts: await probeVideo(ffmpegPath, recording.path) });
  }
  return all;
}

function videoNote(model: string, videoSeconds: number, seconds: number): string {
  if (videoSeconds === 0) return `${model}: all recordings kept from before.`;
  const rate = videoSeconds / seconds;
  return `${model}: ${videoSeconds.toFixed(0)} s of video in ${seconds.toFixed(1)} s, ${rate.toFixed(1)} times as fast as a door.`;
}
