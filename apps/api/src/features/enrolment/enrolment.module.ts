import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module';
import { DoorsModule } from '../doors/doors.module';
import { ConsentsModule } from '../consents/consents.module';
import { PeopleModule } from '../people/people.module';
import { RetentionModule } from '../retention/retention.module';
import { EnrolmentController } from './enrolment.controller';
import { EnrolmentSettingsController } from './enrolment-settings.controller';
import { FaceFinder } from './face-finder';
import { LookAlikes } from './look-alikes';
import { OrganisationGallery } from './organisation-gallery';
import { TemplateMaker } from './template-maker';
import { EnrolmentService } from './enrolment.service';

@Module({
  imports: [AgentsModule, ConsentsModule, DoorsModule, PeopleModule, RetentionModule],
  controllers: [EnrolmentController, EnrolmentSettingsController],
  providers: [EnrolmentService, FaceFinder, LookAlikes, OrganisationGallery, TemplateMaker],
  exports: [EnrolmentService, FaceFinder, TemplateMaker],
})
export class EnrolmentModule {}
