import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { AgentTokens } from './agent-tokens';
import { DoorPresence } from './door-presence';
import { DoorRiskService } from './door-risk.service';
import { DoorsController } from './doors.controller';
import { DoorsRepository } from './doors.repository';
import { DoorsService } from './doors.service';

@Module({
  imports: [PeopleModule],
  controllers: [DoorsController],
  providers: [AgentTokens, DoorPresence, DoorRiskService, DoorsRepository, DoorsService],
  exports: [AgentTokens, DoorPresence, DoorsRepository, DoorsService],
})
export class DoorsModule {}
