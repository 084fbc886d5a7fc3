import type { ReportLanguage } from '@munjigi/contracts';
import { WallClock } from '../../platform/time/wall-clock';
import type { ReportColumn } from './report-kind';
import type { RawRow } from './report-streams';

/** A value of a report, ready to be told; an instant goes with its row's clock. */
export type Cell = string | number | Date | null;

/** A row of a report. */
export interface ReportRow {
  /** One for each column. */
  readonly cells: readonly Cell[];
  readonly clock: WallClock;
}

/** Makes rows of what the database gives: codes become texts, and each row gets its clock. */
export class RowReader {
  private readonly clocks = new Map<string, WallClock>();

  constructor(
    private readonly columns: readonly ReportColumn[],
    private readonly language: ReportLanguage,
  ) {}

  read(row: RawRow): ReportRow {
    return {
      cells: this.columns.map((column, index) => this.cell(column, row[index])),
      clock: this.clock(String(row[this.columns.length])),
    };
  }

  private cell({ codes }: ReportColumn, value: unknown): Cell {
    if (typeof value === 'string') return codes?.[value]?.[this.language] ?? value;
    return typeof value === 'number' || value instanceof Date ? value : null;
  }

  private clock(timeZone: string): WallClock {
    const known = this.clocks.get(timeZone);
    if (known) return known;
    const clock = new WallClock(timeZone);
    this.clocks.set(timeZone, clock);
    return clock;
  }
}

/** A cell as programs read it: an instant is ISO 8601 with the clock's offset. */
export function plainCell(cell: Cell, clock: WallClock): string | number | null {
  return cell instanceof Date ? clock.iso(cell) : cell;
}
