import type { reportDeliverySchema, reportScheduleSchema, savedReportSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ReportDeliveryRow, ReportScheduleRow, SavedReportRow } from './saved-report.entities';

/** A saved report as somebody sees it. */
export function presentSaved(row: SavedReportRow, asker: string): z.input<typeof savedReportSchema> {
  const { id, name, report, shared } = row;
  return {
    ...{ id, name, report, shared, own: row.ownerId === asker },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A schedule as the wire has it. */
export function presentSchedule(
  row: ReportScheduleRow,
  mailable: boolean,
): z.input<typeof reportScheduleSchema> {
  const { id, savedReportId, format, language, reason, timing, timeZone, recipients, enabled, nextAt } = row;
  return {
    ...{ id, savedReportId, format, language, reason, timing, timeZone, recipients, enabled, mailable },
    nextAt: nextAt && nextAt.toISOString(),
  };
}

/** What came of a time that a schedule was due, as the wire has it. */
export function presentDelivery(row: ReportDeliveryRow): z.input<typeof reportDeliverySchema> {
  const { id, state, exportId, detail, dueAt, finishedAt } = row;
  return {
    ...{ id, state, exportId, detail },
    dueAt: dueAt.toISOString(),
    finishedAt: finishedAt && finishedAt.toISOString(),
  };
}
