import type { reportExportSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ReportExportRow } from './report-export.entities';

/** An export as the wire has it. */
export function presentExport(row: ReportExportRow): z.input<typeof reportExportSchema> {
  const { id, report, format, language, reason, jobId } = row;
  return {
    ...{ id, report, format, language, reason, jobId },
    createdAt: row.createdAt.toISOString(),
    file: row.sha256 === null ? null : fileOf(row, row.sha256),
  };
}

function fileOf({ fileName, rowCount, sizeBytes, keptUntil }: ReportExportRow, sha256: string) {
  return {
    ...{ name: fileName ?? '', rows: rowCount ?? 0, bytes: sizeBytes ?? 0, sha256 },
    keptUntil: keptUntil.toISOString(),
  };
}
