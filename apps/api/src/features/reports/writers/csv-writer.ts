import { csvLine } from '../../../platform/csv/csv-line';
import { plainCell } from '../report-rows';
import type { ReportHead, ReportWriter, RowBatches } from './report-writer';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Writes CSV (RFC 4180, UTF-8). After the rows come lines of two cells, the first of which begins with `#`, that say
 * what export it is; all lines have as many cells as there are columns.
 */
export const CSV: ReportWriter = {
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  rowsMax: null,
  write,
};

async function* write(head: ReportHead, batches: RowBatches): AsyncGenerator<Uint8Array> {
  const { columns, language } = head;
  const labels = csvLine(columns.map(({ label }) => label[language]));
  yield Buffer.from(`${head.byteOrderMark ? BYTE_ORDER_MARK : ''}${labels}`, 'utf8');
  let count = 0;
  for await (const rows of batches) {
    count += rows.length;
    const lines = rows.map(({ cells, clock }) => csvLine(cells.map((cell) => plainCell(cell, clock))));
    yield Buffer.from(lines.join(''), 'utf8');
  }
  const about = head.about(count).map(([label, text]) => {
    const cells: (string | null)[] = [`# ${label}`, text];
    return csvLine([...cells, ...columns.slice(cells.length).map(() => null)]);
  });
  yield Buffer.from(about.join(''), 'utf8');
}
