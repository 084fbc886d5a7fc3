import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { VisitEnds } from './visit-ends';
import { VisitorsController } from './visitors.controller';
import { VisitorsRepository } from './visitors.repository';
import { VisitorsService } from './visitors.service';

@Module({
  imports: [PeopleModule],
  controllers: [VisitorsController],
  providers: [VisitEnds, VisitorsRepository, VisitorsService],
  exports: [VisitEnds],
})
export class VisitorsModule {}
