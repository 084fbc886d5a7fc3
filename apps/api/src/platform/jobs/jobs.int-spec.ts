import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { defineCounting, STEPS } from '../../testing/jobs-process';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { until } from '../../testing/until';
import { systemActor } from '../audit/actor';
import { createDataSource } from '../database/data-source';
import { newId } from '../database/uuid';
import { AppError } from '../errors/app-error';
import type { JobContext } from './job-kind';
import { Jobs, type JobsTiming } from './jobs';

const by = systemActor('test');
const anything = z.record(z.string(), z.unknown());
const silent = { debug: () => undefined, warn: () => undefined };

let database: TestDatabase;
let dataSource: DataSource;
const started: Jobs[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url }, []).initialize();
  await dataSource.query('CREATE TABLE counted (step integer NOT NULL, by_whom text)');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
  await dataSource.destroy();
  await database.drop();
});

function makeJobs(timing: Partial<JobsTiming> = {}): Jobs {
  const jobs = new Jobs(dataSource, silent, { pollMs: 20, leaseMs: 60_000, ...timing });
  started.push(jobs);
  return jobs;
}

const row = async (id: string) => {
  const [found] = await dataSource.query<[{ state: string; error: unknown }]>(
    'SELECT * FROM job WHERE id = $1',
    [id],
  );
  return found;
};
const ended = (id: string, state: string) =>
  until(`the job to be ${state}`, async () => (await row(id)).state === state);

/** A point that a run waits at until the test lets it go on. */
function gate() {
  let open: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { open: () => open(), reached, pass: () => (reach(), opened) };
}

describe('a job', () => {
  it('is run once its transaction has committed, with what it was given, and tells what came of it', async () => {
    const jobs = makeJobs();
    const kind = jobs.define('test/echo', {
      schema: z.object({ text: z.string() }),
      run: async ({ payload, by: whose, progress }) => {
        await progress({ done: 2, total: 3, message: 'nearly' });
        return { said: payload.text, whose: whose.actorName };
      },
    });
    await jobs.onApplicationBootstrap();
    const id = await dataSource.transaction((manager) => kind.enqueue(manager, { text: 'hello' }, { by }));
    await ended(id, 'done');
    expect(await row(id)).toMatchObject({
      result: { said: 'hello', whose: 'test' },
      progress_done: '2',
      progress_total: '3',
      progress_message: 'nearly',
      attempt: 1,
      holder: null,
      error: null,
    });
  });

  it('is never run when its transaction did not commit', async () => {
    const jobs = makeJobs();
    const kind = jobs.define('test/never', { schema: anything, run: () => Promise.resolve() });
    const failing = dataSource.transaction(async (manager) => {
      await kind.enqueue(manager, {}, { by });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await dataSource.query('SELECT 1 FROM job')).toEqual([]);
  });

  it('is refused when what it is given does not fit', async () => {
    const kind = makeJobs().define('test/strict', {
      schema: z.object({ count: z.int() }),
      run: () => Promise.resolve(),
    });
    await expect(kind.enqueue(dataSource.manager, { count: 1.5 }, { by })).rejects.toThrow();
  });

  it('waits until it is due', async () => {
    const jobs = makeJobs();
    const kind = jobs.define('test/note', { schema: anything, run: () => Promise.resolve() });
    await jobs.onApplicationBootstrap();
    const later = await kind.enqueue(dataSource.manager, {}, { by, dueAt: new Date(Date.now() + 3_600_000) });
    const now = await kind.enqueue(dataSource.manager, {}, { by });
    await ended(now, 'done');
    expect((await row(later)).state).toBe('waiting');
    await dataSource.query('UPDATE job SET due_at = now() WHERE id = $1', [later]);
    await ended(later, 'done');
  });

  it('of a key is one while it waits or runs, and may be asked for again after that', async () => {
    const jobs = makeJobs();
    const kind = jobs.define('test/keyed', { schema: anything, run: () => Promise.resolve() });
    const ask = () => kind.enqueue(dataSource.manager, {}, { by, key: 'same' });
    const first = await ask();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([first, first, first]);
    await jobs.onApplicationBootstrap();
    await ended(first, 'done');
    expect(await ask()).not.toBe(first);
  });

  it('that fails is tried again, up to its last attempt', async () => {
    const jobs = makeJobs();
    const attempts: number[] = [];
    const kind = jobs.define('test/flaky', {
      schema: anything,
      attemptsMax: 2,
      run: ({ attempt }) => {
        attempts.push(attempt);
        return Promise.reject(new Error('a secret of the inside'));
      },
    });
    await jobs.onApplicationBootstrap();
    const id = await kind.enqueue(dataSource.manager, {}, { by });
    await ended(id, 'failed');
    expect(attempts).toEqual([1, 2]);
    expect((await row(id)).error).toEqual({
      code: 'server/internal',
      title: 'Something went wrong in the server.',
      detail: expect.any(String),
    });
  });

  it('that fails for a reason that stays is not tried again', async () => {
    const jobs = makeJobs();
    const kind = jobs.define('test/hopeless', {
      schema: anything,
      run: () =>
        Promise.reject(new AppError('not-found', 'test/gone', 'It is gone.', { detail: 'For ever.' })),
    });
    await jobs.onApplicationBootstrap();
    const id = await kind.enqueue(dataSource.manager, {}, { by });
    await ended(id, 'failed');
    expect(await row(id)).toMatchObject({
      attempt: 1,
      error: { code: 'test/gone', title: 'It is gone.', detail: 'For ever.' },
    });
  });

  it('is cancelled at once while it waits, and when its run looks while it runs', async () => {
    const [one, other] = [makeJobs(), makeJobs()];
    const started = gate();
    const run = async ({ signal }: JobContext<unknown>) => {
      await started.pass();
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    };
    const kind = one.define('test/long', { schema: anything, run });
    started.open();
    const waiting = await kind.enqueue(dataSource.manager, {}, { by, dueAt: new Date(Date.now() + 60_000) });
    await one.onApplicationBootstrap();
    const running = await kind.enqueue(dataSource.manager, {}, { by });
    await started.reached;
    await dataSource.transaction((manager) => one.cancel(manager, waiting));
    await dataSource.transaction((manager) => one.cancel(manager, running));
    expect((await row(waiting)).state).toBe('cancelled');
    await ended(running, 'cancelled');
    // What is over stays as it is.
    await dataSource.transaction((manager) => other.cancel(manager, running));
    expect((await row(running)).state).toBe('cancelled');
  });

  it('that another process cancels stops at the next renewal of its lease', async () => {
    const [one, other] = [makeJobs({ leaseMs: 300 }), makeJobs()];
    const started = gate();
    started.open();
    const kind = one.define('test/long', {
      schema: anything,
      run: async ({ signal }) => {
        await started.pass();
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      },
    });
    await one.onApplicationBootstrap();
    const id = await kind.enqueue(dataSource.manager, {}, { by });
    await started.reached;
    await dataSource.transaction((manager) => other.cancel(manager, id));
    await ended(id, 'cancelled');
  });
});

describe('a server that stops', () => {
  it('gives its jobs back with what was kept, and another goes on from there', async () => {
    const [one, other] = [makeJobs(), makeJobs()];
    const halfway = gate();
    const kind = defineCounting(one, (step) => {
      if (step === 50) halfway.pass().catch(() => undefined);
    });
    defineCounting(other);
    await one.onApplicationBootstrap();
    const id = await kind.enqueue(dataSource.manager, {}, { by });
    await halfway.reached;
    await one.stop();
    expect(await row(id)).toMatchObject({ state: 'waiting', holder: null });
    const [{ count }] = await dataSource.query('SELECT count(*)::int FROM counted');
    expect(count).toBeGreaterThanOrEqual(50);
    expect(count).toBeLessThan(STEPS);
    await other.onApplicationBootstrap();
    await ended(id, 'done');
    await expectCountedOnce();
  });

  it('does not wait for a run that never leaves, and voids what it does later', async () => {
    const jobs = makeJobs({ graceMs: 1 });
    const [begun, late] = [gate(), gate()];
    begun.open();
    const outcome = new Promise<unknown>((resolve) => {
      jobs.define('test/deaf', {
        schema: anything,
        run: async (context) => {
          await begun.pass();
          await late.pass();
          const work = context.transaction((manager) =>
            manager.query('INSERT INTO counted (step) VALUES (1)'),
          );
          resolve(await work.catch((error: unknown) => error));
        },
      });
    });
    await jobs.onApplicationBootstrap();
    await dataSource.query(
      `INSERT INTO job (id, name, payload, state, made_by, created_at, due_at, attempt, attempts_max,
         cancel_requested, progress_done)
       VALUES ($1, 'test/deaf', '{}', 'waiting', $2, now(), now(), 0, 5, false, 0)`,
      [newId(), by],
    );
    await begun.reached;
    await jobs.stop();
    late.open();
    expect(await outcome).toMatchObject({ name: 'JobStopped' });
    expect(await dataSource.query('SELECT 1 FROM counted')).toEqual([]);
  });
});

describe('several processes on one database', () => {
  it('do each of many jobs once', async () => {
    const all = [1, 2, 3, 4].map(() => makeJobs());
    const kinds = all.map((jobs, index) =>
      jobs.define('test/once', {
        schema: z.object({ step: z.int() }),
        concurrency: 3,
        run: async ({ payload }) => {
          await dataSource.query('INSERT INTO counted (step, by_whom) VALUES ($1, $2)', [
            payload.step,
            index,
          ]);
        },
      }),
    );
    await Promise.all(all.map((jobs) => jobs.onApplicationBootstrap()));
    const ids = await Promise.all(
      Array.from({ length: STEPS }, (_, step) =>
        kinds[step % kinds.length]!.enqueue(dataSource.manager, { step: step + 1 }, { by }),
      ),
    );
    expect(new Set(ids).size).toBe(STEPS);
    await until('all to be done', async () => {
      const rows = await dataSource.query(`SELECT 1 FROM job WHERE name = 'test/once' AND state = 'done'`);
      return rows.length === STEPS;
    });
    await expectCountedOnce();
  });

  it('take over from one that was killed, and do no step twice', async () => {
    const jobs = makeJobs({ leaseMs: 600 });
    const kind = defineCounting(jobs);
    const id = await kind.enqueue(dataSource.manager, {}, { by });
    const script = join(__dirname, '..', '..', 'testing', 'jobs-process.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, database.url], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await row(id)).state).toBe('running');
    const [{ count }] = await dataSource.query('SELECT count(*)::int FROM counted');
    expect(count).toBeLessThan(STEPS);
    await jobs.onApplicationBootstrap();
    await ended(id, 'done');
    expect(await row(id)).toMatchObject({ result: { steps: STEPS }, progress_done: String(STEPS) });
    await expectCountedOnce();
  });

  it('give up a job whose every run was killed', async () => {
    const jobs = makeJobs();
    const kind = jobs.define('test/poison', { schema: anything, run: () => Promise.resolve() });
    const id = await kind.enqueue(dataSource.manager, {}, { by });
    await dataSource.query(
      `UPDATE job SET state = 'running', attempt = 5, holder = $2, lease_until = now() - interval '1 second'
       WHERE id = $1`,
      [id, newId()],
    );
    await jobs.onApplicationBootstrap();
    await ended(id, 'failed');
    expect((await row(id)).error).toMatchObject({ code: 'jobs/interrupted' });
  });

  it('make each occurrence of a recurring job once, and those that were missed as one', async () => {
    const all = [1, 2, 3].map(() => makeJobs());
    for (const jobs of all) {
      jobs.define('test/hourly', {
        schema: z.object({}),
        recurrence: { cron: '0 * * * *', timeZone: 'Asia/Seoul' },
        run: () => Promise.resolve(),
      });
    }
    await Promise.all(all.map((jobs) => jobs.onApplicationBootstrap()));
    const hourly = () => dataSource.query(`SELECT state FROM job WHERE name = 'test/hourly'`);
    expect(await hourly()).toEqual([]);
    const overdue = `UPDATE job_schedule SET next_at = now() - interval '9 hours' WHERE name = 'test/hourly'`;
    await dataSource.query(overdue);
    await until('the job to be done', async () => (await hourly())[0]?.state === 'done');
    await dataSource.query(overdue);
    await until('the second to be done', async () => {
      const rows = (await hourly()) as { state: string }[];
      return rows.length === 2 && rows.every((one) => one.state === 'done');
    });
    const [{ ahead }] = await dataSource.query(
      `SELECT next_at > now() AS ahead FROM job_schedule WHERE name = 'test/hourly'`,
    );
    expect(ahead).toBe(true);
    expect(await hourly()).toHaveLength(2);
  });
});

async function expectCountedOnce(): Promise<void> {
  const steps = await dataSource.query('SELECT step FROM counted ORDER BY step');
  expect(steps.map((counted: { step: number }) => counted.step)).toEqual(
    Array.from({ length: STEPS }, (_, index) => index + 1),
  );
}
