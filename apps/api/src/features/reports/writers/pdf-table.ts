import type { ReportHead } from './report-writer';

const SIZE = 7;
const TITLE_SIZE = 12;
const PADDING = 3;
const RULE = '#c0c4cc';
const LABEL_WIDTH = 120;

/** A table over as many pages as it needs. */
export class PdfTable {
  private readonly widths: readonly number[];
  private readonly line: number;
  private y = 0;
  private page = 0;

  constructor(
    private readonly doc: PDFKit.PDFDocument,
    private readonly head: ReportHead,
  ) {
    this.newPage();
    const whole = head.columns.reduce((sum, { width }) => sum + width, 0);
    this.widths = head.columns.map(({ width }) => (this.width * width) / whole);
    this.line = doc.font('text', SIZE).currentLineHeight(true);
    this.headRow();
  }

  /** Adds a row; a text that is too wide goes on below, for up to a page. */
  row(texts: readonly string[]): void {
    this.doc.font('text', SIZE);
    const height = Math.min(
      Math.max(...texts.map((text, index) => this.heightOf(text, index))),
      this.bottom - this.top - this.line * 3,
    );
    if (this.y + height + PADDING > this.bottom) {
      this.newPage();
      this.headRow();
      this.doc.font('text', SIZE);
    }
    this.cells(texts, height);
  }

  /** Adds lines after the table. */
  close(lines: readonly (readonly [label: string, text: string])[]): void {
    this.y += this.line;
    for (const [label, text] of lines) {
      const options = { width: this.width - LABEL_WIDTH };
      const height = this.doc.font('text', SIZE).heightOfString(text, options);
      if (this.y + height > this.bottom) this.newPage();
      this.doc.font('bold', SIZE).text(label, this.left, this.y, { lineBreak: false });
      this.doc
        .font('text', SIZE)
        .text(text, this.left + LABEL_WIDTH, this.y, { ...options, height: height + 1 });
      this.y += height + PADDING;
    }
  }

  private get left(): number {
    return this.doc.page.margins.left;
  }

  private get top(): number {
    return this.doc.page.margins.top;
  }

  private get width(): number {
    return this.doc.page.width - this.left - this.doc.page.margins.right;
  }

  /** Above the foot. */
  private get bottom(): number {
    return this.doc.page.height - this.doc.page.margins.bottom - SIZE * 2;
  }

  private newPage(): void {
    const { doc } = this;
    doc.addPage();
    this.page += 1;
    doc.font('text', SIZE).fillColor('black');
    doc.text(`${this.head.title} · ${this.page}`, this.left, this.bottom + SIZE, { lineBreak: false });
    this.y = this.top;
    if (this.page > 1) return;
    doc.font('bold', TITLE_SIZE).text(this.head.title, this.left, this.y, { lineBreak: false });
    this.y += TITLE_SIZE * 2;
  }

  private headRow(): void {
    const { columns, language } = this.head;
    this.doc.font('bold', SIZE);
    const labels = columns.map(({ label }) => label[language]);
    this.cells(labels, Math.max(...labels.map((label, index) => this.heightOf(label, index))));
  }

  private heightOf(text: string, index: number): number {
    const width = this.widthOf(index);
    const isShort = !text.includes('\n') && this.doc.widthOfString(text) <= width;
    return isShort ? this.line : this.doc.heightOfString(text, { width });
  }

  private widthOf(index: number): number {
    return (this.widths[index] ?? 0) - PADDING;
  }

  private cells(texts: readonly string[], height: number): void {
    const { doc, left, y } = this;
    let x = left;
    for (const [index, text] of texts.entries()) {
      // Without a width, pdfkit lays a line out once; most are.
      const isShort = height <= this.line;
      const box = isShort
        ? { lineBreak: false }
        : { width: this.widthOf(index), height: height + 1, ellipsis: true };
      if (text !== '') doc.text(text, x, y, box);
      x += this.widths[index] ?? 0;
    }
    this.y = y + height + PADDING;
    const rule = this.y - PADDING / 2;
    doc
      .moveTo(left, rule)
      .lineTo(left + this.width, rule)
      .lineWidth(0.3)
      .stroke(RULE);
  }
}
