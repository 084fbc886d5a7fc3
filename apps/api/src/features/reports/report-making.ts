import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { JobContext } from '../../platform/jobs/job-kind';
import { ReportExporter, type BegunExport, type ExportResult } from './report-exporter';
import type { ReportExportRow } from './report-export.entities';
import { ReportExportsRepository } from './report-exports.repository';
import { ReportScopes } from './report-scopes';

const CHUNK_BYTES = 1024 * 1024;
const DAY_MS = 86_400_000;

/** For how long a file is kept once it is made, days. */
export const KEPT_DAYS = 7;

/** Which export a job makes. */
export const reportJobSchema = z.object({ exportId: z.uuid() });

/** Makes the file of an export as a job: from the beginning at each attempt, and kept only when it is whole. */
@Injectable()
export class ReportMaking {
  constructor(
    private readonly exports: ReportExportsRepository,
    private readonly scopes: ReportScopes,
    private readonly exporter: ReportExporter,
  ) {}

  /**
   * Does it.
   *
   * @param finished what else belongs to the end, in its transaction
   * @returns what whoever asked gets to see
   */
  async run(
    context: JobContext<z.output<typeof reportJobSchema>>,
    finished: (manager: EntityManager, row: ReportExportRow) => Promise<void>,
  ): Promise<Record<string, unknown>> {
    const row = await this.exports.get(context.payload.exportId);
    const { report, siteIds, createdAt: now, madeBy: by } = row;
    const scope = await this.scopes.restore(report, { siteIds, now });
    await context.transaction((manager) => this.exports.clear(manager, row.id));
    const begun = await this.exporter.begin({ ...row, scope, by, background: true }, context.signal);
    const result = await this.keep(context, begun);
    await context.transaction(async (manager) => {
      await this.exports.finish(manager, row.id, {
        fileName: begun.fileName,
        rowCount: result.rows,
        sizeBytes: result.bytes,
        sha256: result.sha256,
        keptUntil: new Date(Date.now() + KEPT_DAYS * DAY_MS),
      });
      await finished(manager, row);
    });
    await context.progress({ done: result.rows, total: result.rows });
    return { exportId: row.id, ...result };
  }

  /** Keeps the file in parts of a chunk's size, and tells how far it is. */
  private async keep(
    context: JobContext<z.output<typeof reportJobSchema>>,
    { parts, rowsRead }: BegunExport,
  ): Promise<ExportResult> {
    let [waiting, waitingBytes, number]: [Uint8Array[], number, number] = [[], 0, 0];
    const flush = async () => {
      const chunk = { exportId: context.payload.exportId, number, bytes: Buffer.concat(waiting) };
      [waiting, waitingBytes, number] = [[], 0, number + 1];
      await context.transaction((manager) => this.exports.addChunk(manager, chunk));
    };
    try {
      for (;;) {
        const part = await parts.next();
        if (part.done) {
          if (waitingBytes > 0) await flush();
          return part.value;
        }
        waiting.push(part.value);
        waitingBytes += part.value.length;
        if (waitingBytes >= CHUNK_BYTES) await flush();
        await context.progress({ done: rowsRead(), total: null });
        context.signal.throwIfAborted();
      }
    } finally {
      await parts.return({ rows: 0, bytes: 0, sha256: '' });
    }
  }
}
