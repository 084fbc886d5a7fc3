import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module';
import { WebhookOutboxModule } from '../webhooks/webhook-outbox.module';
import { DevicesModule } from '../devices/devices.module';
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
import { EventCheckpoints } from './event-checkpoints';
import { EventCursors } from './event-cursors';
import { EventGaps } from './event-gaps';
import { EventPartitions } from './event-partitions';
import { EventRecorder } from './event-recorder';
import { EventStore } from './event-store';
import { EventUpkeep } from './event-upkeep';
import { EventsController } from './events.controller';
import { EventsRepository } from './events.repository';
import { StoredChain } from './stored-chain';

@Module({
  imports: [AlarmsModule, DevicesModule, DoorsModule, WebhookOutboxModule],
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
    EventCheckpoints,
    EventCursors,
    EventGaps,
    EventPartitions,
    EventRecorder,
    EventStore,
    EventUpkeep,
    EventsRepository,
    StoredChain,
  ],
  exports: [
    DoorEventLog,
    EventCheckpoints,
    DoorEventsRepository,
    EventPartitions,
    EventRecorder,
    EventsRepository,
  ],
})
export class EventsModule {}
