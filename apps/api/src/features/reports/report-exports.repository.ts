import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ReportExportRow, ReportFileChunk } from './report-export.entities';
import { noSuchExport } from './report-errors';

const LISTED_MAX = 200;

/** Keeps the reports that are made in the background. Their files are in the database, where every process finds them. */
@Injectable()
export class ReportExportsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(
    manager: EntityManager,
    row: Omit<ReportExportRow, 'fileName' | 'rowCount' | 'sizeBytes' | 'sha256'>,
  ) {
    await manager.insert(ReportExportRow, row);
  }

  /** @throws {AppError} `reports/no-such-export` */
  async get(id: string): Promise<ReportExportRow> {
    const row = await this.dataSource.manager.findOneBy(ReportExportRow, { id });
    if (!row) throw noSuchExport();
    return row;
  }

  /** Somebody's own, newest first. */
  listOf(makerId: string): Promise<ReportExportRow[]> {
    return this.dataSource.manager.find(ReportExportRow, {
      where: { makerId },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: LISTED_MAX,
    });
  }

  async finish(
    manager: EntityManager,
    id: string,
    file: Pick<ReportExportRow, 'fileName' | 'rowCount' | 'sizeBytes' | 'sha256' | 'keptUntil'>,
  ): Promise<void> {
    await manager.update(ReportExportRow, { id }, file);
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(ReportExportRow, { id });
  }

  /** Forgets a file that is begun anew. */
  async clear(manager: EntityManager, exportId: string): Promise<void> {
    await manager.delete(ReportFileChunk, { exportId });
  }

  async addChunk(manager: EntityManager, chunk: ReportFileChunk): Promise<void> {
    await manager.insert(ReportFileChunk, chunk);
  }

  /** A file's parts, each read when the one before has been taken. */
  async *chunks(exportId: string): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const chunk = await this.dataSource.manager.findOneBy(ReportFileChunk, { exportId, number });
      if (!chunk) return;
      yield chunk.bytes;
    }
  }

  /** Deletes what is kept no longer. @returns how many */
  async forgetOld(): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'DELETE FROM report_export WHERE kept_until <= now()',
    );
    return count;
  }
}
