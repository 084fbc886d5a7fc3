import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs';
import { EventsModule } from '../events/events.module';
import { Retention } from './retention';
import { RetentionController } from './retention.controller';

const EVERY_MS = 60 * 60_000;

@Module({
  imports: [EventsModule],
  controllers: [RetentionController],
  providers: [Retention],
  exports: [Retention],
})
export class RetentionModule {
  constructor(jobs: Jobs, retention: Retention) {
    jobs.define('privacy/retention', {
      schema: z.object({}),
      recurrence: { everyMs: EVERY_MS },
      run: async ({ signal }) => ({ ...(await retention.run(new Date(), signal)) }),
    });
  }
}
