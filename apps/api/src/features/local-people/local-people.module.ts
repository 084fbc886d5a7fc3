import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module';
import { ConsentsModule } from '../consents/consents.module';
import { DoorsModule } from '../doors/doors.module';
import { EnrolmentModule } from '../enrolment/enrolment.module';
import { PeopleModule } from '../people/people.module';
import { LocalPeopleController } from './local-people.controller';
import { LocalPeopleService } from './local-people.service';

@Module({
  imports: [AgentsModule, ConsentsModule, DoorsModule, EnrolmentModule, PeopleModule],
  controllers: [LocalPeopleController],
  providers: [LocalPeopleService],
})
export class LocalPeopleModule {}
