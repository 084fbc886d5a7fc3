import type { ReportFormat, ReportLanguage } from '@munjigi/contracts';
import type { ReportColumn } from '../report-kind';
import type { ReportRow } from '../report-rows';
import { CSV } from './csv-writer';
import { PDF } from './pdf-writer';
import { XLSX } from './xlsx-writer';

/** What a file says beside its rows. */
export interface ReportHead {
  readonly title: string;
  readonly language: ReportLanguage;
  readonly columns: readonly ReportColumn[];
  /** Whether a CSV file begins with a byte order mark. */
  readonly byteOrderMark: boolean;
  /** What export it is and how to check it, once the number of its rows is known. */
  readonly about: (rows: number) => readonly (readonly [label: string, text: string])[];
}

/** Rows in batches, each asked for when the one before is written. */
export type RowBatches = AsyncIterable<readonly ReportRow[]>;

/** Writes reports in one format. */
export interface ReportWriter {
  readonly mediaType: string;
  readonly extension: string;
  /** More rows are refused; null: any number is written in bounded memory. */
  readonly rowsMax: number | null;
  /** The file in parts, each made when the one before has been taken. */
  readonly write: (head: ReportHead, batches: RowBatches) => AsyncIterable<Uint8Array>;
}

/** The writer of each format. */
export const REPORT_WRITERS: Readonly<Record<ReportFormat, ReportWriter>> = {
  csv: CSV,
  xlsx: XLSX,
  pdf: PDF,
};
