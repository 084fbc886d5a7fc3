import { Module } from '@nestjs/common';
import { DataFolder } from '../../platform/data-folder';
import { ConsentsModule } from '../consents/consents.module';
import { DoorsModule } from '../doors/doors.module';
import { EventPicturesModule } from '../event-pictures/event-pictures.module';
import { EventsModule } from '../events/events.module';
import { PeopleModule } from '../people/people.module';
import { ErasureList } from './erasure-list';
import { ErasuresRepository } from './erasures.repository';
import { ErasuresService } from './erasures.service';
import { PersonExportService } from './person-export.service';
import { PrivacyController } from './privacy.controller';

@Module({
  imports: [ConsentsModule, DoorsModule, EventPicturesModule, EventsModule, PeopleModule],
  controllers: [PrivacyController],
  providers: [
    {
      provide: ErasureList,
      useFactory: ({ path }: DataFolder) => new ErasureList(path),
      inject: [DataFolder],
    },
    ErasuresRepository,
    ErasuresService,
    PersonExportService,
  ],
})
export class PrivacyModule {}
