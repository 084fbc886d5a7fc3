import { parseArgs } from 'node:util';

import { FaceCoreError } from '../errors';

/** What `npm run evaluate` can do. */
export const USAGE = `Usage: npm run evaluate -- PROTOCOL OPTIONS

  pairs     verification: is this pair one person?
            --pairs FILE [--images DIR] [--format csv|lfw|cfp-ff|cfp-fp|bin|people]
            csv: fold,path_a,path_b,same · lfw: pairs.txt · bin: insightface's pickles
            cfp-ff, cfp-fp: --images is the data set's root · people: --images holds a
            folder for each person, all pairs. Default: by the file's name; people without one.
  kisa      the certification test
            --manifest FILE [--images DIR]   path,person,category,condition
            --kface --images DIR [--resolution High] [--lights L1,L2]   K-Face's own layout
  identify  1:N, open set
            --gallery FILE|DIR --probes FILE|DIR [--images DIR]   path,person, or a folder a person
  detect    --labels FILE [--images DIR]
  pad       liveness: --labels FILE [--images DIR] [--development-labels FILE]
  video     a door's whole chain, on recordings
            --labels FILE [--images DIR] [--gallery FILE|DIR]   path,person,start,end,enrol
            [--fps 10] [--frames 3] [--margin 0.05] [--workers 1]   as the door is set

  --images DIR         what paths are relative to. Default: the folder of the file given
  --model ID           an embedder, for pad a liveness network; several side by side, your own among them.
                       Default mobilefacenet-192, fr-liveness
  --threshold X        for FMR and FNMR, APCER and BPCER, and who passes. Default: the model's own
  --face-min-px N      smaller faces are not looked for. Default 40; of a door 80
  --cache DIR          where embeddings are kept. They are secrets: delete it when you are done
  --json FILE          the figures as JSON; for several models, a list
  --html FILE          a report with curves and the worst mistakes. It shows faces

docs/evaluation.md explains each figure.`;

/** The formats that `pairs` reads. */
export const PAIR_FORMATS = ['csv', 'lfw', 'cfp-ff', 'cfp-fp', 'bin', 'people'] as const;

/** One of the formats that `pairs` reads. */
export type PairFormat = (typeof PAIR_FORMATS)[number];

/** A parsed command line. */
export interface EvaluateOptions {
  readonly protocol: string | undefined;
  readonly help: boolean;
  /** Undefined: the protocol's default. */
  readonly models: readonly string[] | undefined;
  readonly images: string | undefined;
  readonly pairs: string | undefined;
  readonly format: PairFormat | undefined;
  readonly manifest: string | undefined;
  readonly kface: boolean;
  readonly resolution: string | undefined;
  readonly lights: readonly string[] | undefined;
  readonly gallery: string | undefined;
  readonly probes: string | undefined;
  readonly labels: string | undefined;
  readonly developmentLabels: string | undefined;
  readonly threshold: number | undefined;
  readonly faceSizeMinPx: number | undefined;
  /** Frames of a recording that are looked at in a second, at most. */
  readonly framesPerSecond: number | undefined;
  /** Frames that are fused before a decision. */
  readonly framesToDecide: number | undefined;
  /** How far the best person must lead the second best. */
  readonly margin: number | undefined;
  /** Recordings that are looked at at once. */
  readonly workers: number | undefined;
  readonly cache: string | undefined;
  readonly json: string | undefined;
  readonly html: string | undefined;
}

const text = { type: 'string' } as const;

/** Parses a command line. @throws {FaceCoreError} `evaluate/usage` */
export function parseOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parsed(args);
  const format = PAIR_FORMATS.find((known) => known === values.format);
  if (values.format !== undefined && !format) {
    throw usageError(`--format is one of ${PAIR_FORMATS.join(', ')}, not “${values.format}”.`);
  }
  if (positionals.length > 1) throw usageError(`One protocol at a time, not ${positionals.join(' and ')}.`);
  return {
    protocol: positionals[0],
    help: values.help ?? false,
    models: values.model && [...new Set(values.model)],
    images: values.images,
    pairs: values.pairs,
    format,
    manifest: values.manifest,
    kface: values.kface ?? false,
    resolution: values.resolution,
    lights: values.lights?.split(','),
    gallery: values.gallery,
    probes: values.probes,
    labels: values.labels,
    developmentLabels: values['development-labels'],
    threshold: numberOf('threshold', values.threshold),
    faceSizeMinPx: numberOf('face-min-px', values['face-min-px']),
    framesPerSecond: numberOf('fps', values.fps, { min: 0.5, max: 60 }),
    framesToDecide: numberOf('frames', values.frames, { min: 1, max: 30, isWhole: true }),
    margin: numberOf('margin', values.margin, { min: 0, max: 1 }),
    workers: numberOf('workers', values.workers, { min: 1, max: 64, isWhole: true }),
    cache: values.cache,
    json: values.json,
    html: values.html,
  };
}

/** An option that a protocol cannot do without. @throws {FaceCoreError} `evaluate/usage` */
export function needed(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw usageError(`${option} is needed here.`);
}

/** A command line that makes no sense. */
export function usageError(message: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError('evaluate/usage', `${message} See --help.`, { cause });
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        model: { type: 'string', multiple: true },
        kface: { type: 'boolean' },
        images: text,
        pairs: text,
        format: text,
        manifest: text,
        resolution: text,
        lights: text,
        gallery: text,
        probes: text,
        labels: text,
        'development-labels': text,
        threshold: text,
        'face-min-px': text,
        fps: text,
        frames: text,
        margin: text,
        workers: text,
        cache: text,
        json: text,
        html: text,
      },
    });
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** What a number may be; anything where nothing is said. */
interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly isWhole?: boolean;
}

function numberOf(option: string, given: string | undefined, limits: NumberLimits = {}): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value))
    throw usageError(`--${option} is “${given}”, no number.`);
  const { min = -Infinity, max = Infinity, isWhole = false } = limits;
  if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value;
  throw usageError(`--${option} is a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}, not ${given}.`);
}
