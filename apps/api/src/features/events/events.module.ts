import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module';
import { WebhookOutboxModule } from '../webhooks/webhook-outbox.module';
import { DoorsModule } from '../doors/doors.module';
import { DeadLetters } from './dead-letters';
import { DeadLettersController } from './dead-letters.controller';
import { DeadLettersRepository } from './dead-letters.repository';
import { DeadLettersService } from './dead-letters.service';
import { DoorEventLog } from './door-event-log';
import { DoorEventsController } from './door-events.controller';
import { DoorEventsRepository } from './door-events.repository';
import { DoorOutboxController } from './door-outbox.controller';
import { DoorOutboxRepository } from './door-outbox.repository';
import { DoorOutboxService } from './door-outbox.service';
import { DoorScoresController } from './door-scores.controller';
import { DoorScoresRepository } from './door-scores.repository';
import { DoorScoresService } from './door-scores.service';
import { EventCursors } from './event-cursors';
import { EventGaps } from './event-gaps';
import { EventPartitions } from './event-partitions';
import { EventRecorder } from './event-recorder';
import { EventStore } from './event-store';
import { EventUpkeep } from './event-upkeep';
import { EventsController } from './events.controller';
import { EventsRepository } from './events.repository';

@Module({
  imports: [AlarmsModule, DoorsModule, WebhookOutboxModule],
  controllers: [
    DeadLettersController,
    DoorEventsController,
    DoorOutboxController,
    DoorScoresController,
    EventsController,
  ],
  providers: [
    DeadLetters,
    DeadLettersRepository,
    DeadLettersService,
    DoorEventLog,
    DoorEventsRepository,
    DoorOutboxRepository,
    DoorOutboxService,
    DoorScoresRepository,
    DoorScoresService,
    EventCursors,
    EventGaps,
    EventPartitions,
    EventRecorder,
    EventStore,
    EventUpkeep,
    EventsRepository,
  ],
  exports: [DoorEventLog, DoorEventsRepository, EventPartitions, EventRecorder, EventsRepository],
})
export class EventsModule {}
