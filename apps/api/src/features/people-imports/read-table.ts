import type { ImportPlan, ImportTable } from '@munjigi/contracts';
import { parse } from 'csv-parse/sync';
import { AppError } from '../../platform/errors/app-error';
import { decodeText, detectEncoding } from './decode-text';
import { suggestMapping } from './suggest-mapping';

/** The most rows that one import takes. */
export const ROWS_MAX = 100_000;
const COLUMNS_MAX = 200;
const CELL_CHARACTERS_MAX = 10_000;
const SAMPLE_ROWS = 5;

type Separator = ImportTable['separator'];
const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|'];

/** A table's cells. */
export interface Cells {
  readonly columns: readonly string[];
  /** Each as long as `columns`, trimmed. */
  readonly rows: readonly (readonly string[])[];
}

/** How a table is read; what is not given is found out. */
export type Reading = Pick<ImportPlan, 'encoding' | 'separator'>;

/**
 * Reads a table of comma-separated values, or of values separated by something else.
 *
 * @throws {AppError} `imports/unreadable-text`, `imports/unreadable-table`, `imports/too-many-rows`
 */
export function readTable(
  bytes: Uint8Array,
  reading: Reading = {},
): Cells & Pick<ImportTable, 'encoding' | 'separator'> {
  const encoding = reading.encoding ?? detectEncoding(bytes);
  const text = decodeText(bytes, encoding);
  const separator = reading.separator ?? detectSeparator(text);
  const [columns, ...rows] = parsed(text, separator);
  if (!columns || columns.every((name) => name === '')) {
    throw unreadable('Its first line must name the columns.');
  }
  if (new Set(columns).size < columns.length) throw unreadable('Two columns have the same name.');
  if (columns.length > COLUMNS_MAX) throw unreadable(`It has more than ${COLUMNS_MAX} columns.`);
  if (rows.length > ROWS_MAX) {
    throw new AppError('too-large', 'imports/too-many-rows', 'The table has too many rows.', {
      detail: `At most ${ROWS_MAX} are taken at once. Split it.`,
    });
  }
  return {
    encoding,
    separator,
    columns,
    rows: rows.map((row) => columns.map((_, index) => row[index] ?? '')),
  };
}

/** What is told of a table. */
export function describeTable({
  encoding,
  separator,
  columns,
  rows,
}: ReturnType<typeof readTable>): ImportTable {
  return {
    encoding,
    separator,
    columns: [...columns],
    rows: rows.length,
    sample: rows.slice(0, SAMPLE_ROWS).map((row) => [...row]),
    suggested: suggestMapping(columns),
  };
}

/** The separator that the first line has most of, outside of quotes. */
function detectSeparator(text: string): Separator {
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const counts = SEPARATORS.map((separator) => [separator, line.split(separator).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function parsed(text: string, separator: Separator): string[][] {
  try {
    return parse(text, {
      delimiter: separator,
      relaxColumnCount: true,
      skipEmptyLines: true,
      skipRecordsWithEmptyValues: true,
      trim: true,
      maxRecordSize: COLUMNS_MAX * CELL_CHARACTERS_MAX,
    });
  } catch (cause) {
    throw unreadable(cause instanceof Error ? cause.message : '', cause);
  }
}

function unreadable(detail: string, cause?: unknown): AppError {
  return new AppError('unprocessable', 'imports/unreadable-table', 'The table cannot be read.', {
    detail,
    cause,
  });
}
