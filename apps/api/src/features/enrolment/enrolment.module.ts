import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module';
import { DoorsModule } from '../doors/doors.module';
import { PeopleModule } from '../people/people.module';
import { EnrolmentController } from './enrolment.controller';
import { EnrolmentService } from './enrolment.service';

@Module({
  imports: [AgentsModule, DoorsModule, PeopleModule],
  controllers: [EnrolmentController],
  providers: [EnrolmentService],
})
export class EnrolmentModule {}
