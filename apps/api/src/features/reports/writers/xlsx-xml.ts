import type { Cell, ReportRow } from '../report-rows';
import type { WallClock } from '../../../platform/time/wall-clock';
import type { ReportColumn } from '../report-kind';

const DAY_MS = 86_400_000;
/** Days from the spreadsheets' epoch to 1970-01-01. */
const EPOCH_DAYS = 25_569;
const TEXT_MAX = 32_767;

/** The cell formats of {@link STYLES}, by their places. */
const FORMAT = { plain: 0, instant: 1, date: 2, head: 3 } as const;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts that are the same in every workbook; any XML that is not named is a sheet, however many there will be. */
export const FIXED_PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${SPREADSHEET}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
};

/** The parts that name the sheets. */
export function sheetParts(names: readonly string[]): Record<string, string> {
  const sheets = names.map(
    (name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const relations = [
    ...names.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
    relation('rIdStyles', 'styles', 'styles.xml'),
  ];
  return {
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
  };
}

/** A sheet up to its rows: the first row stays in view. @param widths in characters */
export function sheetStart(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

/** A sheet after its rows. */
export const SHEET_END = '</sheetData></worksheet>';

/** A row of texts in bold. @param number from 1 */
export function headRow(number: number, labels: readonly string[]): string {
  return rowOf(number, labels, (label) => textCell(label, FORMAT.head));
}

/** A row of plain texts. @param number from 1 */
export function textRow(number: number, texts: readonly string[]): string {
  return rowOf(number, texts, (text) => textCell(text));
}

/**
 * A row of a report; instants are what the row's clock shows. A text is never a formula.
 *
 * @param number from 1
 */
export function dataRow(
  number: number,
  { cells, clock }: ReportRow,
  columns: readonly ReportColumn[],
): string {
  return rowOf(number, cells, (cell, index) => dataCell(cell, clock, columns[index]));
}

/** Some readers want every cell's place to be said. */
function rowOf<T>(number: number, values: readonly T[], told: (value: T, index: number) => string): string {
  let row = `<row r="${number}">`;
  for (const [index, value] of values.entries()) {
    const cell = told(value, index);
    if (cell !== '') row += `<c r="${letters(index)}${number}"${cell}</c>`;
  }
  return `${row}</row>`;
}

/** What spreadsheets call a column. @param index from 0 to 701 */
function letters(index: number): string {
  const letter = (place: number) => String.fromCharCode(65 + place);
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

/** A cell after its place, up to its end; an empty one is left out. */
function dataCell(cell: Cell, clock: WallClock, column?: ReportColumn): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `><v>${cell}</v>`;
  if (cell instanceof Date) return dateCell(clock.localMs(cell), FORMAT.instant);
  return column?.type === 'date' ? dateCell(Date.parse(`${cell}T00:00:00Z`), FORMAT.date) : textCell(cell);
}

/** @param localMs since 1970-01-01 on the wall clock; to the second, as the format has it */
function dateCell(localMs: number, format: number): string {
  const seconds = Math.floor(localMs / 1000) * 1000;
  return ` s="${format}"><v>${seconds / DAY_MS + EPOCH_DAYS}</v>`;
}

function textCell(text: string, format: number = FORMAT.plain): string {
  const kept = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;
  return ` s="${format}" t="inlineStr"><is><t xml:space="preserve">${escaped(kept)}</t></is>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

const SPECIAL = /[&<>"\ufffe\uffff]|(?![\t\n])\p{Cc}|\p{Surrogate}|_(?=x[0-9a-fA-F]{4}_)/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  // Spreadsheets read _x000D_ as a character.
  ...{ _: '_x005F_', '\r': '_x000D_' },
};

/** A text as XML has it, without what XML cannot hold. */
function escaped(text: string): string {
  return text.replace(SPECIAL, (found) => ESCAPES[found] ?? '\ufffd');
}
