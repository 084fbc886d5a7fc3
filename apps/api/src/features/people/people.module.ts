import { Module } from '@nestjs/common';
import { PeopleController } from './people.controller';
import { PeopleRepository } from './people.repository';
import { PeopleService } from './people.service';
import { PersonKeys } from './person-keys';
import { PortraitService } from './portrait.service';
import { TemplateVault } from './template-vault';

@Module({
  controllers: [PeopleController],
  providers: [PeopleRepository, PeopleService, PersonKeys, PortraitService, TemplateVault],
  exports: [PeopleRepository, PeopleService, PersonKeys, TemplateVault],
})
export class PeopleModule {}
