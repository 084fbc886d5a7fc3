import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module';
import { EnrolmentModule } from '../enrolment/enrolment.module';
import { PeopleModule } from '../people/people.module';
import { EnrolmentInvitationsController } from './enrolment-invitations.controller';
import { EnrolmentInvitationsRepository } from './enrolment-invitations.repository';
import { EnrolmentInvitationsService } from './enrolment-invitations.service';

@Module({
  imports: [ConsentsModule, EnrolmentModule, PeopleModule],
  controllers: [EnrolmentInvitationsController],
  providers: [EnrolmentInvitationsRepository, EnrolmentInvitationsService],
})
export class EnrolmentInvitationsModule {}
