import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module';
import { AgentsModule } from '../agents/agents.module';
import { DoorsModule } from '../doors/doors.module';
import { EventsModule } from '../events/events.module';
import { LiveAuthentication } from './live-authentication';
import { LiveGateway } from './live.gateway';
import { PreviewLeases } from './preview-leases';

@Module({
  imports: [AgentsModule, AlarmsModule, DoorsModule, EventsModule],
  providers: [LiveAuthentication, LiveGateway, PreviewLeases],
})
export class LiveModule {}
