import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { systemActor } from '../audit/actor';
import type { JobDefinition, Recurrence } from './job-kind';
import type { JobStore } from './job-store';
import { describeRecurrence, nextOccurrence } from './occurrences';

type Definitions = ReadonlyMap<string, JobDefinition<z.ZodType>>;

/** Makes the jobs that recur: each occurrence once among all processes, those that were missed together as one. */
export class Recurrences {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: JobStore,
  ) {}

  /** Writes down what recurs; what recurs otherwise than before is reckoned anew. */
  async agree(definitions: Definitions): Promise<void> {
    const [{ now }] = await this.dataSource.query<[{ now: Date }]>('SELECT now()');
    for (const [name, recurrence] of recurring(definitions)) {
      await this.dataSource.query(
        `INSERT INTO job_schedule (name, recurrence, next_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET recurrence = excluded.recurrence, next_at = excluded.next_at
         WHERE job_schedule.recurrence <> excluded.recurrence`,
        [name, describeRecurrence(recurrence), nextOccurrence(recurrence, now)],
      );
    }
  }

  /** Makes what is due, unless the last one still waits or runs. */
  async makeDue(definitions: Definitions): Promise<void> {
    const names = recurring(definitions).map(([name]) => name);
    const [{ due }] = await this.dataSource.query<[{ due: boolean }]>(
      'SELECT EXISTS (SELECT FROM job_schedule WHERE name = ANY($1) AND next_at <= now()) AS due',
      [names],
    );
    if (!due) return;
    await this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<{ name: string; now: Date }[]>(
        `SELECT name, now() FROM job_schedule WHERE name = ANY($1) AND next_at <= now()
         ORDER BY name FOR UPDATE SKIP LOCKED`,
        [names],
      );
      for (const { name, now } of rows) {
        const { recurrence, attemptsMax = 5 } = definitions.get(name) as JobDefinition<z.ZodType>;
        const by = systemActor(name);
        await this.store.add(manager, { name, payload: {}, by, attemptsMax, key: 'recurrence' });
        await manager.query('UPDATE job_schedule SET next_at = $2 WHERE name = $1', [
          name,
          nextOccurrence(recurrence as Recurrence, now),
        ]);
      }
    });
  }
}

function recurring(definitions: Definitions): [string, Recurrence][] {
  return [...definitions].flatMap(([name, { recurrence }]) => (recurrence ? [[name, recurrence]] : []));
}
