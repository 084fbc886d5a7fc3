import { z } from 'zod';
import { createDataSource } from '../platform/database/data-source';
import { Jobs } from '../platform/jobs/jobs';

/** Rows of a table named `counted` that one job of {@link main} writes, one a step. */
export const STEPS = 200;

/** A process that does the jobs of one database until it is killed, and says when it has got halfway. */
async function main([url]: readonly string[]): Promise<void> {
  const dataSource = await createDataSource({ url: url ?? '' }, []).initialize();
  const silent = { debug: () => undefined, warn: () => undefined };
  const jobs = new Jobs(dataSource, silent, { pollMs: 20, leaseMs: 600 });
  defineCounting(jobs, (step) => {
    if (step === STEPS / 2) process.stdout.write('halfway\n');
  });
  await jobs.onApplicationBootstrap();
  process.stdin.resume();
}

/** A job that counts in the database, one step a transaction, and goes on where it was. */
export function defineCounting(jobs: Jobs, afterStep: (step: number) => void = () => undefined) {
  return jobs.define('test/count', {
    schema: z.object({}),
    run: async (context) => {
      for (let step = Number(context.checkpoint ?? 0) + 1; step <= STEPS; step++) {
        context.signal.throwIfAborted();
        await context.transaction(async (manager) => {
          await manager.query('INSERT INTO counted (step) VALUES ($1)', [step]);
          await context.keep(manager, step);
        });
        await context.progress({ done: step, total: STEPS });
        afterStep(step);
      }
      return { steps: STEPS };
    },
  });
}

if (require.main === module) void main(process.argv.slice(2));
