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

  --images DIR         what paths are relative to. Default: the folder of the file given
  --model ID           an embedder, for pad a liveness network; several side by side, your own among them.
                       Default mobilefacenet-192, fr-liveness
  --threshold X        for FMR and FNMR, APCER and BPCER. Default: the model's own
  --face-min-px N      smaller faces are not looked for. Default 40
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
        cache: text,
        json: text,
        html: text,
      },
    });
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function numberOf(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && Number.isFinite(value)) return value;
  throw usageError(`--${option} is “${given}”, no number.`);
}
