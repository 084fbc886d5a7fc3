import { Module } from '@nestjs/common';
import { DoorsModule } from '../doors/doors.module';
import { GroupsModule } from '../groups/groups.module';
import { PeopleModule } from '../people/people.module';
import { AccessDocuments } from './access-documents.service';
import { AccessLevelsController } from './access-levels.controller';
import { AccessRepository } from './access.repository';
import { AreasController } from './areas.controller';
import { DoorAccessController } from './door-access.controller';
import { DoorAccessService } from './door-access.service';
import { GroupAccessController } from './group-access.controller';
import { GroupAccessService } from './group-access.service';
import { HolidayCalendarsController } from './holiday-calendars.controller';
import { LockdownsController } from './lockdowns.controller';
import { LockdownsService } from './lockdowns.service';
import { MusterService } from './muster.service';
import { Passages } from './passages';
import { RuleSets } from './rule-sets.service';
import { SchedulesController } from './schedules.controller';
import { SitesController } from './sites.controller';
import { SitesService } from './sites.service';
import { WhyController } from './why.controller';
import { WhyService } from './why.service';

@Module({
  imports: [DoorsModule, GroupsModule, PeopleModule],
  controllers: [
    AccessLevelsController,
    AreasController,
    DoorAccessController,
    GroupAccessController,
    HolidayCalendarsController,
    LockdownsController,
    SchedulesController,
    SitesController,
    WhyController,
  ],
  providers: [
    AccessDocuments,
    AccessRepository,
    DoorAccessService,
    GroupAccessService,
    LockdownsService,
    MusterService,
    Passages,
    RuleSets,
    SitesService,
    WhyService,
  ],
  exports: [MusterService, Passages, RuleSets],
})
export class AccessModule {}
