import type { Permission, ReportDefinition, ReportKind, ReportLanguage } from '@munjigi/contracts';
import type { ReportScope } from './report-scope';
import type { ReportSql } from './report-sql';

/** A text in every language of reports. */
export type Texts = Readonly<Record<ReportLanguage, string>>;

/** What a column holds; a `code` is told as a text. */
export type ColumnType = 'text' | 'code' | 'integer' | 'number' | 'instant' | 'date';

/** One column of a kind of report. */
export interface ReportColumn {
  /** Also the name of the column in the kind's query. */
  readonly key: string;
  readonly type: ColumnType;
  readonly label: Texts;
  /** How wide it is beside the others: 1 for a short number, 4 for a name. */
  readonly width: number;
  /** Whether a total of it means something. */
  readonly summed?: boolean;
  /** What the codes are told as; a code that is not there is told as it is. */
  readonly codes?: Readonly<Record<string, Texts>>;
}

/** What a kind of report may be cut to. */
export type ParametersOf<K extends ReportKind> = Extract<ReportDefinition, { kind: K }>['parameters'];

/** What is asked of the database. */
export interface ReportSelect {
  /**
   * A SELECT, which may begin with WITH, of the kind's columns by their keys, in their order, and last of `timeZone`,
   * by whose wall clock the row's instants are told.
   */
  readonly select: string;
  readonly orderBy: string;
}

/** How the rows of a report are put together for a picture. */
export interface ReportChartOf {
  /** `hour`: of the day. `month` also stands for days where there would be too many. */
  readonly by: 'hour' | 'day' | 'value';
  /** The column whose instants, days or codes the points are. */
  readonly column: string;
  /** Each an aggregate over the kind's columns, in SQL. */
  readonly measures: readonly { readonly key: string; readonly label: Texts; readonly sql: string }[];
}

/** A kind of report. */
export interface ReportKindOf<K extends ReportKind> {
  readonly kind: K;
  readonly title: Texts;
  /** What somebody needs beside the permission for reports, at the sites that they see it of. */
  readonly permission: Permission;
  readonly columns: readonly ReportColumn[];
  /** The query, with its values given to `sql`. */
  readonly query: (sql: ReportSql, scope: ReportScope, parameters: ParametersOf<K>) => ReportSelect;
  /** Its picture; undefined where one would say nothing. */
  readonly chart?: (parameters: ParametersOf<K>) => ReportChartOf;
}
