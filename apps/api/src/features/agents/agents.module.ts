import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { CamerasModule } from '../cameras/cameras.module';
import { DevicesModule } from '../devices/devices.module';
import { DoorsModule } from '../doors/doors.module';
import { EventPicturesModule } from '../event-pictures/event-pictures.module';
import { EventsModule } from '../events/events.module';
import { GroupsModule } from '../groups/groups.module';
import { PeopleModule } from '../people/people.module';
import { AgentAdmission } from './agent-admission';
import { AgentAuthentication } from './agent-authentication';
import { AgentKeysController } from './agent-keys.controller';
import { AgentKeysService } from './agent-keys.service';
import { AgentLink } from './agent-link';
import { AgentMetrics } from './agent-metrics';
import { AgentSessions } from './agent-sessions';
import { AgentVersions } from './agent-versions';
import { AgentGateway } from './agent.gateway';
import { PersonDoorsController } from './person-doors.controller';
import { PersonDoorsService } from './person-doors.service';
import { Revocations } from './revocations';
import { SharedPages } from './shared-pages';
import { StateComparisons } from './state-comparisons';
import { StateDigests } from './state-digests';
import { SyncService } from './sync.service';
import { WhereaboutsRelay } from './whereabouts';

@Module({
  controllers: [AgentKeysController, PersonDoorsController],
  imports: [
    AccessModule,
    CamerasModule,
    DevicesModule,
    DoorsModule,
    EventPicturesModule,
    EventsModule,
    GroupsModule,
    PeopleModule,
  ],
  providers: [
    AgentAdmission,
    AgentAuthentication,
    AgentGateway,
    AgentKeysService,
    AgentLink,
    AgentMetrics,
    AgentSessions,
    AgentVersions,
    PersonDoorsService,
    Revocations,
    SharedPages,
    StateComparisons,
    StateDigests,
    SyncService,
    WhereaboutsRelay,
  ],
  exports: [AgentLink],
})
export class AgentsModule {}
