import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs';
import { PeopleModule } from '../people/people.module';
import { VisitorsModule } from '../visitors/visitors.module';
import { VisitEnds } from '../visitors/visit-ends';
import { ActivityRefresh } from './activity-refresh';
import { IdleNotifier, SilentIdleNotifier } from './idle-notifier';
import { IdlePeople } from './idle-people';
import { PeopleLifecycleController } from './people-lifecycle.controller';
import { ValiditySweep } from './validity-sweep';

const SWEEP_MS = 60_000;
const IDLE_MS = 60 * 60_000;

/** What becomes of people by themselves: their time begins and ends, visits are over, the idle are suspended. */
@Module({
  imports: [PeopleModule, VisitorsModule],
  controllers: [PeopleLifecycleController],
  providers: [
    ActivityRefresh,
    IdlePeople,
    ValiditySweep,
    { provide: IdleNotifier, useClass: SilentIdleNotifier },
  ],
})
export class PeopleLifecycleModule {
  constructor(
    jobs: Jobs,
    private readonly sweep: ValiditySweep,
    private readonly visits: VisitEnds,
    private readonly activity: ActivityRefresh,
    private readonly idle: IdlePeople,
  ) {
    jobs.define('people/validity', {
      schema: z.object({}),
      recurrence: { everyMs: SWEEP_MS },
      run: async () => {
        const at = new Date();
        const visits = await this.visits.run(at);
        return { ...visits, people: await this.sweep.run(at) };
      },
    });
    jobs.define('people/idle', {
      schema: z.object({}),
      recurrence: { everyMs: IDLE_MS },
      run: async ({ signal }) => {
        await this.activity.run(signal);
        return this.idle.run(new Date());
      },
    });
  }
}
