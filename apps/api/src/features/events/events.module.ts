import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module';
import { WebhookOutboxModule } from '../webhooks/webhook-outbox.module';
import { DoorEventLog } from './door-event-log';
import { DoorEventsController } from './door-events.controller';
import { DoorEventsRepository } from './door-events.repository';
import { EventCursors } from './event-cursors';
import { EventPartitions } from './event-partitions';
import { EventRecorder } from './event-recorder';
import { EventStore } from './event-store';
import { EventUpkeep } from './event-upkeep';
import { EventsController } from './events.controller';
import { EventsRepository } from './events.repository';

@Module({
  imports: [AlarmsModule, WebhookOutboxModule],
  controllers: [DoorEventsController, EventsController],
  providers: [
    DoorEventLog,
    DoorEventsRepository,
    EventCursors,
    EventPartitions,
    EventRecorder,
    EventStore,
    EventUpkeep,
    EventsRepository,
  ],
  exports: [DoorEventLog, DoorEventsRepository, EventPartitions, EventRecorder, EventsRepository],
})
export class EventsModule {}
