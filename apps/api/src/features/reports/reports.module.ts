import { Module } from '@nestjs/common';
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
  controllers: [ReportExportsController, ReportsController],
  providers: [
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
