import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { AgentTokens } from './agent-tokens';
import { DoorProgress } from './door-progress';
import { DoorRiskService } from './door-risk.service';
import { DoorsController } from './doors.controller';
import { DoorsRepository } from './doors.repository';
import { DoorsService } from './doors.service';

@Module({
  imports: [PeopleModule],
  controllers: [DoorsController],
  providers: [AgentTokens, DoorProgress, DoorRiskService, DoorsRepository, DoorsService],
  exports: [AgentTokens, DoorProgress, DoorsRepository, DoorsService],
})
export class DoorsModule {}
