import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { DoorsModule } from '../doors/doors.module';
import { EventsModule } from '../events/events.module';
import { GroupsModule } from '../groups/groups.module';
import { PeopleModule } from '../people/people.module';
import { AgentAuthentication } from './agent-authentication';
import { AgentLink } from './agent-link';
import { AgentMetrics } from './agent-metrics';
import { AgentSessions } from './agent-sessions';
import { AgentGateway } from './agent.gateway';
import { SyncService } from './sync.service';

@Module({
  imports: [AccessModule, DoorsModule, EventsModule, GroupsModule, PeopleModule],
  providers: [AgentAuthentication, AgentGateway, AgentLink, AgentMetrics, AgentSessions, SyncService],
  exports: [AgentLink],
})
export class AgentsModule {}
