import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { texts } from '../common-columns';
import type { ReportRow } from '../report-rows';
import type { ReportHead, ReportWriter, RowBatches } from './report-writer';
import { dataRow, FIXED_PARTS, headRow, SHEET_END, sheetParts, sheetStart, textRow } from './xlsx-xml';

/** What a sheet holds in spreadsheets, its head included. */
const SHEET_ROWS_MAX = 1_048_576;
const CHARACTERS_A_WIDTH = 6;

const ABOUT = texts('내보내기 정보', 'About this export');
const DATA = texts('데이터', 'Data');

/**
 * Writes XLSX: the rows, on as many sheets as they need, and a last sheet that says what export it is. The sheets are
 * written and packed while the rows come, so that no more than a batch is held.
 */
export const XLSX: ReportWriter = xlsxWriter(SHEET_ROWS_MAX);

/** As {@link XLSX}, with another number of rows on a sheet. */
export function xlsxWriter(sheetRowsMax: number): ReportWriter {
  return {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    rowsMax: null,
    write: (head, batches) => write(head, new RowFeed(batches), sheetRowsMax),
  };
}

async function* write(head: ReportHead, feed: RowFeed, sheetRowsMax: number): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error) => output.destroy(error as Error));
  const filled = fill(zip, head, feed, sheetRowsMax).catch((error: unknown) =>
    output.destroy(error as Error),
  );
  yield* output as AsyncIterable<Uint8Array>;
  await filled;
}

async function fill(zip: ZipFile, head: ReportHead, feed: RowFeed, sheetRowsMax: number): Promise<void> {
  addTexts(zip, FIXED_PARTS);
  const names: string[] = [];
  do {
    names.push(`${DATA[head.language]}${names.length === 0 ? '' : ` ${names.length + 1}`}`);
    const sheet = Readable.from(sheetOf(head, feed, sheetRowsMax), { objectMode: false });
    zip.addReadStream(sheet, `xl/worksheets/sheet${names.length}.xml`);
    await finished(sheet);
  } while (await feed.hasMore());
  names.push(ABOUT[head.language]);
  const about = head.about(feed.given).map((line, index) => textRow(index + 1, line));
  addTexts(zip, {
    [`xl/worksheets/sheet${names.length}.xml`]: `${sheetStart([24, 100])}${about.join('')}${SHEET_END}`,
    ...sheetParts(names),
  });
  zip.end();
}

async function* sheetOf(
  { columns, language }: ReportHead,
  feed: RowFeed,
  rowsMax: number,
): AsyncGenerator<Buffer> {
  const start = sheetStart(columns.map(({ width }) => width * CHARACTERS_A_WIDTH));
  yield Buffer.from(
    start +
      headRow(
        1,
        columns.map(({ label }) => label[language]),
      ),
    'utf8',
  );
  for (let number = 2; number <= rowsMax && (await feed.hasMore());) {
    const rows = feed.take(rowsMax - number + 1);
    const first = number;
    number += rows.length;
    yield Buffer.from(rows.map((row, index) => dataRow(first + index, row, columns)).join(''), 'utf8');
  }
  yield Buffer.from(SHEET_END, 'utf8');
}

function addTexts(zip: ZipFile, parts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text, 'utf8'), path);
}

/** Hands rows out in batches that end where a sheet does. */
class RowFeed {
  /** How many rows were taken. */
  given = 0;
  private readonly batches: AsyncIterator<readonly ReportRow[]>;
  private waiting: readonly ReportRow[] = [];

  constructor(batches: RowBatches) {
    this.batches = batches[Symbol.asyncIterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.waiting.length === 0) {
      const next = await this.batches.next();
      if (next.done) return false;
      this.waiting = next.value;
    }
    return true;
  }

  take(rowsMax: number): readonly ReportRow[] {
    const taken = this.waiting.slice(0, rowsMax);
    this.waiting = this.waiting.slice(rowsMax);
    this.given += taken.length;
    return taken;
  }
}
