import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { JobContext, JobKind } from '../../platform/jobs/job-kind';
import { Jobs } from '../../platform/jobs/jobs';
import { Mailer, type Mail } from '../../platform/mail/mailer';
import type { ReportExportRow } from './report-export.entities';
import { ReportExportsRepository } from './report-exports.repository';
import { mailText } from './report-mail';
import { SavedReportsRepository, type DueSchedule } from './saved-reports.repository';
import { REPORT_WRITERS } from './writers/report-writer';

/** Larger files are fetched: mail servers refuse them. */
const ATTACHED_BYTES_MAX = 10 * 1024 * 1024;
/** About an hour of a mail server that is away. */
const ATTEMPTS_MAX = 20;

const deliveryJobSchema = z.object({ deliveryId: z.uuid() });

/** Hands reports of schedules to who is to get them: by mail, or kept for their owner where there is no mail server. */
@Injectable()
export class ReportDeliveries {
  private readonly job: JobKind<typeof deliveryJobSchema>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly saved: SavedReportsRepository,
    private readonly exports: ReportExportsRepository,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    this.job = jobs.define('reports/deliver', {
      schema: deliveryJobSchema,
      run: (context) => this.deliver(context),
      attemptsMax: ATTEMPTS_MAX,
    });
  }

  /** What follows from a file that is made, in the transaction of its end. */
  async made(manager: EntityManager, row: ReportExportRow): Promise<void> {
    const delivery = await this.saved.deliveryOf(manager, row.id);
    if (!delivery) return;
    const { schedule } = await this.saved.schedule(delivery.scheduleId);
    if (schedule.recipients.length === 0 || !this.mailer.configured) {
      await this.saved.changeDelivery(manager, delivery.id, { state: 'kept', finishedAt: new Date() });
      return;
    }
    const jobId = await this.job.enqueue(manager, { deliveryId: delivery.id }, { by: row.madeBy });
    await this.saved.changeDelivery(manager, delivery.id, { state: 'sending', jobId });
  }

  private async deliver({ payload, by }: JobContext<z.output<typeof deliveryJobSchema>>): Promise<void> {
    const delivery = await this.saved.delivery(payload.deliveryId);
    // Its schedule was deleted, or an earlier run did it and died.
    if (!delivery || delivery.finishedAt || delivery.exportId === null) return;
    const due = await this.saved.schedule(delivery.scheduleId);
    const row = await this.exports.get(delivery.exportId);
    const { refused } = await this.mailer.send(await this.mailOf(due, row));
    await this.dataSource.transaction(async (manager) => {
      await this.saved.changeDelivery(manager, delivery.id, {
        state: 'sent',
        finishedAt: new Date(),
        detail: refused.length === 0 ? null : `Refused: ${refused.join(', ')}`,
      });
      const details = { recipients: due.schedule.recipients, refused, sha256: row.sha256 };
      await this.audit.record(manager, { by, action: 'report/mailed', subjectId: row.id, details });
    });
  }

  private async mailOf({ schedule, saved }: DueSchedule, row: ReportExportRow): Promise<Mail> {
    const isAttached = (row.sizeBytes ?? 0) <= ATTACHED_BYTES_MAX;
    const attachment = async () => ({
      filename: row.fileName ?? 'report',
      contentType: REPORT_WRITERS[row.format].mediaType,
      content: await buffer(Readable.from(this.exports.chunks(row.id))),
    });
    return {
      to: schedule.recipients,
      subject: saved.name,
      text: mailText(row, { name: saved.name, isAttached }),
      attachments: isAttached ? [await attachment()] : [],
    };
  }
}
