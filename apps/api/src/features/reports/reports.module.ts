import { Module } from '@nestjs/common';
import { ReportExporter } from './report-exporter';
import { ReportScopes } from './report-scopes';
import { ReportStreams } from './report-streams';
import { ReportsController } from './reports.controller';
import { ReportsRepository } from './reports.repository';
import { ReportsService } from './reports.service';

@Module({
  controllers: [ReportsController],
  providers: [ReportExporter, ReportScopes, ReportStreams, ReportsRepository, ReportsService],
})
export class ReportsModule {}
