import { inflateSync } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { WallClock } from '../../../platform/time/wall-clock';
import { column } from '../common-columns';
import type { Cell, ReportRow } from '../report-rows';
import { PDF } from './pdf-writer';
import type { ReportHead, ReportWriter } from './report-writer';
import { XLSX, xlsxWriter } from './xlsx-writer';

const HEAD: ReportHead = {
  title: '출입 기록',
  language: 'ko',
  byteOrderMark: false,
  columns: [
    column('at', 'instant', ['시각', 'Time']),
    column('day', 'date', ['날짜', 'Day']),
    column('name', 'text', ['이름', 'Name']),
    column('count', 'integer', ['횟수', 'Count']),
  ],
  about: (rows) => [['행 수', String(rows)]],
};
const CLOCK = new WallClock('Asia/Seoul');
const AT = new Date('2026-10-01T09:30:00.500Z');

const row = (name: Cell, count: Cell = 1): ReportRow => ({
  cells: [AT, '2026-10-01', name, count],
  clock: CLOCK,
});

async function* batches(rows: readonly ReportRow[], size = 2): AsyncGenerator<ReportRow[]> {
  for (let at = 0; at < rows.length; at += size) yield await Promise.resolve(rows.slice(at, at + size));
}

async function fileOf(writer: ReportWriter, rows: readonly ReportRow[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of writer.write(HEAD, batches(rows))) parts.push(part);
  return Buffer.concat(parts);
}

/** The texts of a ZIP archive by their paths, in its order. */
async function unpack(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const texts: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve).on('error', reject);
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            texts[entry.fileName] = Buffer.concat(chunks).toString('utf8');
            zip.readEntry();
          });
      });
    });
    zip.readEntry();
  });
  return texts;
}

const sheet = (number: number) => `xl/worksheets/sheet${number}.xml`;
const rowsOf = (xml = '') => [...xml.matchAll(/<row r="\d+">(.*?)<\/row>/gs)].map(([, cells]) => cells ?? '');

describe('XLSX', () => {
  it('has instants as the site’s clock shows them, days, texts and numbers', async () => {
    const parts = await unpack(await fileOf(XLSX, [row('김민지', 7), row(null, null)]));
    const [head, first, second] = rowsOf(parts[sheet(1)]);
    expect(head).toContain('시각');
    // 2026-10-01 is day 46296; half past six in the evening in Seoul.
    expect(first).toBe(
      '<c r="A2" s="1"><v>46296.77083333333</v></c><c r="B2" s="2"><v>46296</v></c>' +
        '<c r="C2" s="0" t="inlineStr"><is><t xml:space="preserve">김민지</t></is></c><c r="D2"><v>7</v></c>',
    );
    expect(second).not.toMatch(/r="[CD]3"/);
    expect(rowsOf(parts[sheet(2)])[0]).toMatch(/행 수.*>2</);
  });

  it.each([
    ['=1+1', '=1+1'],
    ['<a> & "b"', '&lt;a&gt; &amp; &quot;b&quot;'],
    ['a\u0000b\ud800c', 'a\ufffdb\ufffdc'],
    ['_x0041_', '_x005F_x0041_'],
  ])('tells %j as a text', async (text, told) => {
    const parts = await unpack(await fileOf(XLSX, [row(text)]));
    expect(rowsOf(parts[sheet(1)])[1]).toContain(`t="inlineStr"><is><t xml:space="preserve">${told}</t>`);
  });

  it.each([
    [0, [0]],
    [2, [2]],
    [3, [2, 1]],
    [5, [2, 2, 1]],
  ])('of %i rows on sheets of three lines has sheets of %j', async (count, expected) => {
    const rows = Array.from({ length: count }, (_, index) => row(`row ${index}`));
    const parts = await unpack(await fileOf(xlsxWriter(3), rows));
    const sheets = expected.map((_, index) => rowsOf(parts[sheet(index + 1)]).slice(1));
    expect(sheets.map(({ length }) => length)).toEqual(expected);
    expect(sheets.flat().map((cells) => /row \d+/.exec(cells)?.[0])).toEqual(
      rows.map(({ cells }) => cells[2]),
    );
    const names = [...(parts['xl/workbook.xml'] ?? '').matchAll(/sheet name="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual([
      ...expected.map((_, index) => (index ? `데이터 ${index + 1}` : '데이터')),
      '내보내기 정보',
    ]);
  });

  it('fails when its rows do', async () => {
    async function* failing(): AsyncGenerator<ReportRow[]> {
      yield await Promise.resolve([row('one')]);
      throw new Error('the database has gone');
    }
    const parts = XLSX.write(HEAD, failing());
    const read = async () => {
      for await (const _ of parts);
    };
    await expect(read()).rejects.toThrow('the database has gone');
  });
});

describe('PDF', () => {
  /** The document with its streams unpacked. */
  const unpacked = (bytes: Buffer) =>
    bytes.toString('latin1').replace(/stream\r?\n(.*?)\r?\nendstream/gs, (_, packed: string) => {
      try {
        return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    });
  const pages = (text: string) => [...text.matchAll(/\/Type \/Page\b/g)].length;

  it('has Korean text in a font that it brings along, on as many pages as it takes', async () => {
    const file = await fileOf(
      PDF,
      Array.from({ length: 120 }, (_, index) => row(`김민지 ${index}`)),
    );
    expect(file.toString('latin1', 0, 5)).toBe('%PDF-');
    const text = unpacked(file);
    expect(text).toContain('Pretendard');
    // 김, as the font's map back to text has it.
    expect(text.toLowerCase()).toContain('<ae40>');
    expect(pages(text)).toBeGreaterThan(2);
    expect(pages(unpacked(await fileOf(PDF, [row('김민지')])))).toBe(1);
  });

  it('goes on below with what is too long for a line, but never past a page', async () => {
    const long = (words: number) => 'a long reason '.repeat(words);
    const count = async (text: string) => pages(unpacked(await fileOf(PDF, Array(30).fill(row(text)))));
    expect(await count('short')).toBe(1);
    expect(await count(long(40))).toBeGreaterThan(1);
    // One a page, between the title and the end.
    expect(await count(long(3000))).toBe(32);
  });
});
