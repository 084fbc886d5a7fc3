import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module';
import { PeopleModule } from '../people/people.module';
import { RetentionModule } from '../retention/retention.module';
import { EventPictureVault } from './event-picture-vault';
import { EventPicturesController } from './event-pictures.controller';
import { EventPicturesRepository } from './event-pictures.repository';
import { EventPicturesService } from './event-pictures.service';

@Module({
  imports: [ConsentsModule, PeopleModule, RetentionModule],
  controllers: [EventPicturesController],
  providers: [EventPictureVault, EventPicturesRepository, EventPicturesService],
  exports: [EventPictureVault, EventPicturesService],
})
export class EventPicturesModule {}
