import { parseArgs } from 'node:util';

import { FaceCoreError } from '../errors';
import { PAIR_FORMATS, type PairFormat } from '../evaluate/options';

/** What `npm run calibrate` can do. */
export const USAGE = `Usage: npm run calibrate -- OPTIONS

  --pairs FILE [--images DIR] [--format ${PAIR_FORMATS.join('|')}]
                       labelled pairs, as npm run evaluate -- pairs reads them. Where each person's
                       pictures lie in a folder of their own, every picture meets every other
  --people FILE|DIR [--images DIR]
                       CSV path,person, or a folder a person: every picture meets every other
  --scores FILE        what your doors have seen, no picture needed: CSV kind,similarity[,comparisons]
                       or JSON lines; kind is genuine or impostor, comparisons how many an impostor
                       score is the highest of

  --model ID           an embedder; several with pictures. Default mobilefacenet-192
  --name TEXT          what to call the data. Default: the file's name
  --out FILE           where to write instead of calibrations/MODEL.json in the models folder
  --face-min-px N      smaller faces are not looked for. Default 40
  --cache DIR          where embeddings are kept. They are secrets: delete it when you are done

docs/evaluation.md says what the figures mean.`;

/** A parsed command line. */
export interface CalibrateOptions {
  readonly help: boolean;
  readonly pairs: string | undefined;
  readonly people: string | undefined;
  readonly scores: string | undefined;
  readonly images: string | undefined;
  readonly format: PairFormat | undefined;
  readonly models: readonly string[];
  readonly name: string | undefined;
  readonly out: string | undefined;
  readonly cache: string | undefined;
  readonly faceSizeMinPx: number | undefined;
}

const text = { type: 'string' } as const;

/** Parses a command line. @throws {FaceCoreError} `calibration/usage` */
export function parseOptions(args: readonly string[]): CalibrateOptions {
  const values = parsed(args);
  const help = values.help ?? false;
  const format = PAIR_FORMATS.find((known) => known === values.format);
  if (values.format !== undefined && !format) {
    throw usageError(`--format is one of ${PAIR_FORMATS.join(', ')}, not “${values.format}”.`);
  }
  const { pairs, people, scores, images, name, out, cache } = values;
  const sources = [pairs, people, scores].filter((given) => given !== undefined);
  const needed = format === undefined ? 1 : 0;
  if (!help && (sources.length > 1 || sources.length < needed)) {
    throw usageError('One of --pairs, --people and --scores is needed.');
  }
  const models = [...new Set(values.model ?? ['mobilefacenet-192'])];
  if (models.length > 1 && (scores !== undefined || out !== undefined)) {
    throw usageError('--scores and --out are for one --model: scores of two models mean different things.');
  }
  const faceSizeMinPx = sizeOf(values['face-min-px']);
  return { help, pairs, people, scores, images, format, models, name, out, cache, faceSizeMinPx };
}

function usageError(message: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError('calibration/usage', `${message} See --help.`, { cause });
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        model: { type: 'string', multiple: true },
        pairs: text,
        people: text,
        scores: text,
        images: text,
        format: text,
        name: text,
        out: text,
        cache: text,
        'face-min-px': text,
      },
    });
    return values;
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function sizeOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
  throw usageError(`--face-min-px is “${given}”, no size.`);
}
