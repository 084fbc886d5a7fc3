import { Module } from '@nestjs/common';
import { CustomFieldsModule } from '../custom-fields/custom-fields.module';
import { EnrolmentModule } from '../enrolment/enrolment.module';
import { GroupsModule } from '../groups/groups.module';
import { PeopleModule } from '../people/people.module';
import { ImportContent } from './import-content';
import { ImportPlanner } from './import-plan';
import { ImportRun } from './import-run';
import { ImportsController } from './imports.controller';
import { ImportsRepository } from './imports.repository';
import { ImportsService } from './imports.service';
import { RowFaces } from './row-faces';

@Module({
  imports: [CustomFieldsModule, EnrolmentModule, GroupsModule, PeopleModule],
  controllers: [ImportsController],
  providers: [ImportContent, ImportPlanner, ImportRun, ImportsRepository, ImportsService, RowFaces],
})
export class PeopleImportsModule {}
