import { Module } from '@nestjs/common';
import { CustomFieldsModule } from '../custom-fields/custom-fields.module';
import { GroupsModule } from '../groups/groups.module';
import { EnrolmentCrops } from './enrolment-crops';
import { PeopleBulkService } from './people-bulk.service';
import { PeopleController } from './people.controller';
import { PeopleRepository } from './people.repository';
import { PeopleService } from './people.service';
import { PersonKeys } from './person-keys';
import { PersonWriter } from './person-writer';
import { PortraitService } from './portrait.service';
import { TemplateVault } from './template-vault';

@Module({
  imports: [CustomFieldsModule, GroupsModule],
  controllers: [PeopleController],
  providers: [
    EnrolmentCrops,
    PeopleBulkService,
    PeopleRepository,
    PeopleService,
    PersonKeys,
    PersonWriter,
    PortraitService,
    TemplateVault,
  ],
  exports: [EnrolmentCrops, PeopleRepository, PeopleService, PersonKeys, PersonWriter, TemplateVault],
})
export class PeopleModule {}
