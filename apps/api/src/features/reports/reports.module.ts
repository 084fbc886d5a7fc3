import { Module } from '@nestjs/common';
import { ReportDeliveries } from './report-deliveries';
import { ReportSchedulesController } from './report-schedules.controller';
import { ReportSchedulesService } from './report-schedules.service';
import { SavedReportsController } from './saved-reports.controller';
import { SavedReportsRepository } from './saved-reports.repository';
import { SavedReportsService } from './saved-reports.service';
import { ScheduleRuns } from './schedule-runs';
import { ReportExportsController } from './report-exports.controller';
import { ReportExportsRepository } from './report-exports.repository';
import { ReportExportsService } from './report-exports.service';
import { ReportMaking } from './report-making';
import { ReportExporter } from './report-exporter';
import { ReportScopes } from './report-scopes';
import { ReportStreams } from './report-streams';
import { ReportsController } from './reports.controller';
import { ReportsRepository } from './reports.repository';
import { ReportsService } from './reports.service';

@Module({
  controllers: [
    ReportSchedulesController,
    SavedReportsController,
    ReportExportsController,
    ReportsController,
  ],
  providers: [
    ReportDeliveries,
    ReportSchedulesService,
    SavedReportsRepository,
    SavedReportsService,
    ScheduleRuns,
    ReportExporter,
    ReportExportsRepository,
    ReportExportsService,
    ReportMaking,
    ReportScopes,
    ReportStreams,
    ReportsRepository,
    ReportsService,
  ],
})
export class ReportsModule {}
