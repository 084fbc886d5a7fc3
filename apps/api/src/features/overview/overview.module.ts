import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { OverviewController } from './overview.controller';
import { OverviewRepository } from './overview.repository';
import { OverviewService } from './overview.service';
import { PastDays } from './past-days';

@Module({
  imports: [AccessModule],
  controllers: [OverviewController],
  providers: [OverviewRepository, OverviewService, PastDays],
})
export class OverviewModule {}
