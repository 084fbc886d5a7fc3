import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ReportDefinition, ReportFormat, ReportLanguage } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import type { Actor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { newId } from '../../platform/database/uuid';
import { aboutExport, type ExportIdentity } from './export-about';
import { tooManyRows } from './report-errors';
import { queryOf, REPORT_KINDS_BY_NAME, type ReportQuery } from './report-kinds';
import { RowReader, type ReportRow } from './report-rows';
import type { ReportScope } from './report-scope';
import { ReportStreams, type RawRow } from './report-streams';
import { ReportsRepository } from './reports.repository';
import { REPORT_WRITERS, type ReportWriter } from './writers/report-writer';

/** What is to be exported, for whom and why. */
export interface ExportOrder {
  readonly report: ReportDefinition;
  readonly scope: ReportScope;
  readonly format: ReportFormat;
  readonly language: ReportLanguage;
  readonly byteOrderMark: boolean;
  readonly reason: string;
  readonly by: Actor;
  /** Given when the export was announced before; otherwise it gets one. */
  readonly id?: string;
  /** Whether it is made by a job, and nobody waits for an answer. */
  readonly background?: boolean;
}

/** What came of an export that was written to its end. */
export interface ExportResult {
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** An export that has begun: the account knows of it, and its first rows are there. */
export interface BegunExport {
  readonly id: string;
  readonly mediaType: string;
  readonly fileName: string;
  /** How many rows have been read so far. */
  readonly rowsRead: () => number;
  /** The file in parts; what came of it is in the account before the last part is over. */
  readonly parts: AsyncGenerator<Uint8Array, ExportResult>;
}

/** Makes files of reports, and accounts for each before its first byte and before its last. */
@Injectable()
export class ReportExporter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reports: ReportsRepository,
    private readonly streams: ReportStreams,
    private readonly audit: Audit,
    private readonly logger: PinoLogger,
  ) {}

  /**
   * Begins an export.
   *
   * @param signal aborts it, and its query
   * @throws {AppError} `reports/too-many-rows`, and as `ReportStreams.batches`
   */
  async begin(order: ExportOrder, signal: AbortSignal): Promise<BegunExport> {
    const writer = REPORT_WRITERS[order.format];
    const query = queryOf(order.report, order.scope);
    await this.refuseTooMany(writer, query);
    const batches = this.streams.batches(query, signal, order);
    try {
      const first = await batches.next();
      const identity = await this.account(order);
      const read = { first: first.done ? [] : first.value, rest: batches, seen: 0 };
      return {
        id: identity.id,
        mediaType: writer.mediaType,
        fileName: fileNameOf(order, writer),
        rowsRead: () => read.seen,
        parts: this.parts(order, identity, writer, read),
      };
    } catch (error) {
      await batches.return(undefined);
      throw error;
    }
  }

  private async *parts(
    order: ExportOrder,
    identity: ExportIdentity,
    writer: ReportWriter,
    read: Reading,
  ): AsyncGenerator<Uint8Array, ExportResult> {
    const { title, columns } = REPORT_KINDS_BY_NAME[order.report.kind];
    const { language, byteOrderMark } = order;
    const head = { title: title[language], columns, language, byteOrderMark };
    const about = (rows: number) => aboutExport(identity, { ...head, rows });
    const hash = createHash('sha256');
    let bytes = 0;
    let result: ExportResult | undefined;
    try {
      const rows = rowsOf(read, new RowReader(columns, language));
      for await (const part of writer.write({ ...head, about }, rows)) {
        hash.update(part);
        bytes += part.length;
        yield part;
      }
      const done = { rows: read.seen, bytes, sha256: hash.digest('hex') };
      await this.accountEnd(order, identity.id, 'report/exported', done);
      result = done;
      return result;
    } finally {
      if (!result) await this.accountBroken(order, identity.id, { rows: read.seen, bytes });
      await read.rest.return(undefined);
    }
  }

  private async refuseTooMany({ rowsMax }: ReportWriter, query: ReportQuery): Promise<void> {
    if (rowsMax === null) return;
    if ((await this.reports.count(query, rowsMax)) > rowsMax) throw tooManyRows(rowsMax);
  }

  /** Nothing leaves the server before this is committed. */
  private async account(order: ExportOrder): Promise<ExportIdentity> {
    const { id = newId(), report, reason, by, scope } = order;
    await this.audit.record(this.dataSource.manager, {
      ...{ by, reason },
      action: 'report/export-begun',
      subjectId: id,
      siteId: siteOf(scope),
      details: {
        ...{ kind: report.kind, parameters: report.parameters, format: order.format },
        sites: scope.everywhere ? 'all' : scope.sites.map((site) => site.id),
      },
    });
    const entry = await this.reports.entryOf(id, 'report/export-begun');
    return { id, report, madeAt: scope.now, madeBy: by.actorName, reason, entry };
  }

  private async accountBroken(order: ExportOrder, id: string, sofar: object): Promise<void> {
    await this.accountEnd(order, id, 'report/export-broken', sofar).catch((err: unknown) =>
      this.logger.warn({ err, exportId: id }, 'the end of an export could not be accounted for'),
    );
  }

  private async accountEnd(
    { by, scope, report }: ExportOrder,
    id: string,
    action: `report/${string}`,
    details: object,
  ): Promise<void> {
    await this.audit.record(this.dataSource.manager, {
      ...{ by, action, subjectId: id, siteId: siteOf(scope) },
      details: { kind: report.kind, ...details },
    });
  }
}

interface Reading {
  readonly first: RawRow[];
  readonly rest: AsyncGenerator<RawRow[]>;
  seen: number;
}

async function* rowsOf(read: Reading, reader: RowReader): AsyncGenerator<ReportRow[]> {
  const batch = (rows: RawRow[]) => {
    read.seen += rows.length;
    return rows.map((row) => reader.read(row));
  };
  if (read.first.length > 0) yield batch(read.first);
  for await (const rows of read.rest) yield batch(rows);
}

/** The one site that an export is of, or null. */
function siteOf({ everywhere, sites }: ReportScope): string | null {
  return !everywhere && sites.length === 1 ? sites[0]!.id : null;
}

function fileNameOf({ report, scope }: ExportOrder, { extension }: ReportWriter): string {
  const at = scope.now.toISOString().slice(0, 16).replace(/\D/g, '');
  return `munjigi-${report.kind}-${at}.${extension}`;
}
