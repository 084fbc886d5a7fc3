import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { ConsentsController } from './consents.controller';
import { ConsentsRepository } from './consents.repository';
import { ConsentsService } from './consents.service';

@Module({
  imports: [PeopleModule],
  controllers: [ConsentsController],
  providers: [ConsentsRepository, ConsentsService],
  exports: [ConsentsRepository, ConsentsService],
})
export class ConsentsModule {}
