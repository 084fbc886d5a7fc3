import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { ReportRow } from '../report-rows';
import { PdfTable } from './pdf-table';
import type { ReportHead, ReportWriter, RowBatches } from './report-writer';

/** Some 500 pages, and ten seconds of a processor. */
const ROWS_MAX = 20_000;
/** Other requests are served after so many rows. */
const ROWS_AT_ONCE = 20;
const FONTS = 'pretendard/dist/public/static/alternative/Pretendard';

/**
 * Writes PDF on A4, across, with the head on every page and Korean text embedded. At the end it says what export it is.
 */
export const PDF: ReportWriter = {
  mediaType: 'application/pdf',
  extension: 'pdf',
  rowsMax: ROWS_MAX,
  write,
};

async function* write(head: ReportHead, batches: RowBatches): AsyncGenerator<Uint8Array> {
  const doc = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', margin: 28, autoFirstPage: false },
    info: { Title: head.title },
    lang: head.language,
  });
  doc.registerFont('text', require.resolve(`${FONTS}-Regular.ttf`));
  doc.registerFont('bold', require.resolve(`${FONTS}-SemiBold.ttf`));
  const table = new PdfTable(doc, head);
  let count = 0;
  for await (const batch of batches) {
    for (let at = 0; at < batch.length; at += ROWS_AT_ONCE) {
      for (const row of batch.slice(at, at + ROWS_AT_ONCE)) table.row(textsOf(row));
      await setImmediate();
      yield* ready(doc);
    }
    count += batch.length;
  }
  table.close(head.about(count));
  doc.end();
  yield* doc as unknown as AsyncIterable<Uint8Array>;
}

/** The pages that are done. */
function* ready(doc: PDFKit.PDFDocument): Generator<Uint8Array> {
  for (;;) {
    const part = doc.read() as Uint8Array | null;
    if (part === null) return;
    yield part;
  }
}

function textsOf({ cells, clock }: ReportRow): string[] {
  return cells.map((cell) => (cell instanceof Date ? clock.local(cell) : cell === null ? '' : String(cell)));
}
