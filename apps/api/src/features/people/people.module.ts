import { Module } from '@nestjs/common';
import { PeopleController } from './people.controller';
import { PeopleRepository } from './people.repository';
import { PeopleService } from './people.service';
import { PortraitService } from './portrait.service';
import { TemplateVault } from './template-vault';

@Module({
  controllers: [PeopleController],
  providers: [PeopleRepository, PeopleService, PortraitService, TemplateVault],
  exports: [PeopleRepository, PeopleService, TemplateVault],
})
export class PeopleModule {}
