import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

import { FaceCoreError } from '../errors';
import type { Scores } from '../evaluate/statistics/score-set';
import { ScoreBuffer } from './score-buffer';

/** Scores as doors log them. */
export interface ReadScores {
  readonly genuine: Scores;
  readonly impostor: Scores;
  /** How many comparisons an impostor score is the highest of, on average. */
  readonly comparisonsPerScore: number;
}

const scoreSchema = z.object({
  kind: z.enum(['genuine', 'impostor']),
  similarity: z.number().min(-1).max(1),
  comparisons: z.int().positive().optional(),
});

type Score = z.infer<typeof scoreSchema>;
type LineReader = (text: string) => unknown;

/**
 * Reads scores that doors have seen, line by line, so that tens of millions need little memory.
 *
 * CSV with a header line: `kind,similarity` and, if there is one, `comparisons`; or JSON lines with the same names.
 * `kind` is `genuine` (the similarity of a person with their own template) or `impostor`. An impostor score that is the
 * highest of several people's, as that of the second best person is, says of how many in `comparisons`; else it is of
 * one. No field is quoted; other columns are ignored.
 *
 * @throws {FaceCoreError} `calibration/unreadable`, `calibration/bad-row` with file and line
 */
export async function readScores(path: string): Promise<ReadScores> {
  const kinds = { genuine: new ScoreBuffer(), impostor: new ScoreBuffer() };
  let [scores, comparisons, at] = [0, 0, 0];
  let read: LineReader | undefined;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      at += 1;
      const text = at === 1 ? line.replace(/^\uFEFF/, '').trim() : line.trim();
      if (text === '') continue;
      if (!read && !text.startsWith('{')) {
        read = csvReader(text, `${path}:${at}`);
        continue;
      }
      read ??= JSON.parse as LineReader;
      const score = scoreOf(read, text, `${path}:${at}`);
      kinds[score.kind].push(score.similarity);
      if (score.kind === 'genuine') continue;
      scores += 1;
      comparisons += score.comparisons ?? 1;
    }
  } catch (cause) {
    if (cause instanceof FaceCoreError) throw cause;
    throw new FaceCoreError('calibration/unreadable', `${path} cannot be read: ${String(cause)}`, { cause });
  }
  const [genuine, impostor] = [kinds.genuine.take(), kinds.impostor.take()];
  return { genuine, impostor, comparisonsPerScore: scores > 0 ? comparisons / scores : 1 };
}

function csvReader(header: string, where: string): LineReader {
  const columns = header.split(',').map((name) => name.trim());
  const [kindAt, similarityAt, comparisonsAt] = ['kind', 'similarity', 'comparisons'].map((name) => columns.indexOf(name)) as [number, number, number]; // prettier-ignore
  if (kindAt === -1 || similarityAt === -1) {
    throw badRow(where, `the columns kind and similarity are needed; there are ${columns.join(', ')}`);
  }
  const numberOf = (cell: string | undefined) => (cell?.trim() ? Number(cell) : undefined);
  return (text) => {
    const cells = text.split(',');
    const comparisons = numberOf(cells[comparisonsAt]);
    return { kind: cells[kindAt]?.trim(), similarity: numberOf(cells[similarityAt]), comparisons };
  };
}

function scoreOf(read: LineReader, text: string, where: string): Score {
  let content: unknown;
  try {
    content = read(text);
  } catch (cause) {
    throw badRow(where, 'it is no JSON', cause);
  }
  const parsed = scoreSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw badRow(where, problems.join('; '), parsed.error);
}

function badRow(where: string, problem: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError('calibration/bad-row', `${where}: ${problem}.`, { cause });
}
