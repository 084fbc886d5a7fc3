import { Module } from '@nestjs/common';
import { EventRecorder } from './event-recorder';
import { EventsController } from './events.controller';
import { EventsRepository } from './events.repository';

@Module({
  controllers: [EventsController],
  providers: [EventRecorder, EventsRepository],
  exports: [EventRecorder, EventsRepository],
})
export class EventsModule {}
