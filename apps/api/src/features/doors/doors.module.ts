import { Module } from '@nestjs/common';
import { AgentTokens } from './agent-tokens';
import { DoorPresence } from './door-presence';
import { DoorsController } from './doors.controller';
import { DoorsRepository } from './doors.repository';
import { DoorsService } from './doors.service';

@Module({
  controllers: [DoorsController],
  providers: [AgentTokens, DoorPresence, DoorsRepository, DoorsService],
  exports: [AgentTokens, DoorPresence, DoorsRepository, DoorsService],
})
export class DoorsModule {}
