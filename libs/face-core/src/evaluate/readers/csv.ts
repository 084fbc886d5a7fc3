import { CsvError, parse } from 'csv-parse/sync';

import { FaceCoreError } from '../../errors';
import { readInput } from './input-file';

/** One line of a table, with where it stands, for messages. */
export interface CsvRow {
  /** As `file:line`. */
  readonly where: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** A table with a header line. */
export interface CsvTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

interface ParsedRecord {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file with a header line; every row has every column.
 *
 * @param required columns that must be there; others may be
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/empty-input`, `evaluate/missing-column`,
 *   `evaluate/bad-row` (a row of another length, an open quote), with file and line
 */
export async function readCsv(path: string, required: readonly string[]): Promise<CsvTable> {
  const records = parsed(path, await readInput(path));
  const first = records[0];
  if (!first) {
    throw new FaceCoreError(
      'evaluate/empty-input',
      `${path} has no rows: a header line and data are needed.`,
    );
  }
  const columns = Object.keys(first.record);
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new FaceCoreError(
      'evaluate/missing-column',
      `${path}:1 has no column ${missing.join(', ')}. It has: ${columns.join(', ')}.`,
    );
  }
  return {
    path,
    columns,
    rows: records.map(({ record, info }) => ({ where: `${path}:${info.lines}`, cells: record })),
  };
}

function parsed(path: string, bytes: Uint8Array): ParsedRecord[] {
  try {
    const options = { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true };
    return parse(Buffer.from(bytes), options) as unknown as ParsedRecord[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new FaceCoreError('evaluate/bad-row', `${path} is no valid CSV: ${cause.message}.`, { cause });
  }
}

/** A cell that must have something in it. @throws {FaceCoreError} `evaluate/bad-row` */
export function textCell(row: CsvRow, column: string): string {
  const text = row.cells[column];
  if (text) return text;
  throw new FaceCoreError('evaluate/bad-row', `${row.where}: ${column} is empty.`);
}

/** A cell that must be a finite number. @throws {FaceCoreError} `evaluate/bad-row` */
export function numberCell(row: CsvRow, column: string): number {
  const value = Number(textCell(row, column));
  if (Number.isFinite(value)) return value;
  throw new FaceCoreError(
    'evaluate/bad-row',
    `${row.where}: ${column} is “${row.cells[column]}”, no number.`,
  );
}

/** A cell that must be yes or no: 1, 0, true, false. @throws {FaceCoreError} `evaluate/bad-row` */
export function booleanCell(row: CsvRow, column: string): boolean {
  const text = textCell(row, column).toLowerCase();
  if (text === '1' || text === 'true') return true;
  if (text === '0' || text === 'false') return false;
  throw new FaceCoreError('evaluate/bad-row', `${row.where}: ${column} is “${text}”, neither 1 nor 0.`);
}
