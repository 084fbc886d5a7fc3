import type { Client } from 'pg';
import { Random } from '../seed/random';
import type { SeededOrganisation } from '../seed/seed-site';

/** A read that a console makes often, or what reads are compared with. */
export interface Read {
  readonly name: string;
  /** Makes one such read, another one each time. @returns whether it was answered */
  readonly run: () => Promise<boolean>;
}

/** How long one kind of read took. */
export interface ReadFigures {
  readonly name: string;
  readonly count: number;
  readonly failed: number;
  readonly ms: readonly number[];
}

/** Whom reads are made of. */
export interface ReadTarget {
  readonly url: string;
  readonly cookie: string;
  readonly database: Client;
  readonly organisation: SeededOrganisation;
  readonly seed: number;
  /** When the seeded events end, ms since 1970. */
  readonly untilMs: number;
  /** Over how many months they are spread. */
  readonly months: number;
}

const DAY_MS = 86_400_000;

/** The reads that consoles make most, of random people, doors and days. */
export function commonReads(target: ReadTarget): Read[] {
  const { people, doors, sites } = target.organisation;
  const random = new Random(target.seed + 2);
  const get = (name: string, path: string, query?: () => Record<string, string>): Read => ({
    name,
    run: () => ask(target, query ? `${path}?${new URLSearchParams(query()).toString()}` : path),
  });
  const period = (days: number) => {
    const from =
      target.untilMs - random.below(Math.max(1, target.months * 28 - days)) * DAY_MS - days * DAY_MS;
    return { from: new Date(from).toISOString(), until: new Date(from + days * DAY_MS).toISOString() };
  };
  const person = () => random.pick(people);
  const siteId = () => random.pick(sites).id;
  return [
    get('session', '/api/auth/session'),
    get('people, first page', '/api/people'),
    get('people, search', '/api/people', () => ({ search: person().name.slice(0, 3) })),
    { name: 'one person', run: () => ask(target, `/api/people/${person().id}`) },
    get('doors', '/api/doors'),
    get('events, first page', '/api/events'),
    get('events of a door', '/api/events', () => ({ doorId: random.pick(doors).id })),
    get('events of a person', '/api/events', () => ({ personId: person().id })),
    get('denials of a week at a site', '/api/events', () => ({
      ...{ outcome: 'denied', siteId: siteId(), limit: '200' },
      ...period(7),
    })),
    get('how many in a month', '/api/events/count', () => period(30)),
    get('open alarms', '/api/alarms', () => ({ state: 'open' })),
    get('the account, first page', '/api/audit'),
  ];
}

/** What tells how much of a read's time is the machine's: an answer without a database, and a database without a server. */
export function yardsticks({
  url,
  cookie,
  database,
}: Pick<ReadTarget, 'url' | 'cookie' | 'database'>): Read[] {
  return [
    { name: '(liveness, no database)', run: () => ask({ url, cookie }, '/api/health/live') },
    { name: '(SELECT 1, no server)', run: async () => (await database.query('SELECT 1')).rowCount === 1 },
  ];
}

/** Makes the reads in turn for so long. Each round has all of them. @param readers requests under way at once */
export async function measureReads(
  reads: readonly Read[],
  { seconds, readers }: { seconds: number; readers: number },
): Promise<ReadFigures[]> {
  const figures = reads.map(({ name }) => ({ name, count: 0, failed: 0, ms: [] as number[] }));
  const deadline = performance.now() + seconds * 1000;
  let turn = 0;
  const measure = async () => {
    while (performance.now() < deadline) {
      const index = turn++ % reads.length;
      const [read, figure] = [reads[index]!, figures[index]!];
      const startedAt = performance.now();
      const answered = await read.run();
      figure.ms.push(performance.now() - startedAt);
      figure.count++;
      if (!answered) figure.failed++;
    }
  };
  await Promise.all(Array.from({ length: readers }, measure));
  return figures;
}

async function ask({ url, cookie }: Pick<ReadTarget, 'url' | 'cookie'>, path: string): Promise<boolean> {
  const response = await fetch(url + path, { headers: { cookie } });
  await response.arrayBuffer();
  return response.ok;
}
