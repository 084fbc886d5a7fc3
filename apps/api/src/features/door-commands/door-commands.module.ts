import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module';
import { DoorsModule } from '../doors/doors.module';
import { DoorCommandsController } from './door-commands.controller';
import { DoorCommandsService } from './door-commands.service';

@Module({
  imports: [AgentsModule, DoorsModule],
  controllers: [DoorCommandsController],
  providers: [DoorCommandsService],
})
export class DoorCommandsModule {}
