import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs';
import { AgentsModule } from '../agents/agents.module';
import { DoorsModule } from '../doors/doors.module';
import { DoorCommandJournal } from './door-command-journal';
import { DoorCommandsController } from './door-commands.controller';
import { DoorCommandsGateway } from './door-commands.gateway';
import { DoorCommandsRepository } from './door-commands.repository';
import { DoorCommandsService } from './door-commands.service';

const DAY_MS = 24 * 60 * 60_000;
const KEPT_MS = 90 * DAY_MS;

@Module({
  imports: [AgentsModule, DoorsModule],
  controllers: [DoorCommandsController],
  providers: [DoorCommandJournal, DoorCommandsGateway, DoorCommandsRepository, DoorCommandsService],
})
export class DoorCommandsModule {
  constructor(jobs: Jobs, commands: DoorCommandsRepository) {
    // The account keeps who asked for what; the journal is for whoever looks after doors.
    jobs.define('door-commands/forget', {
      schema: z.object({}),
      recurrence: { everyMs: DAY_MS },
      run: async () => ({ forgotten: await commands.forget(new Date(Date.now() - KEPT_MS)) }),
    });
  }
}
