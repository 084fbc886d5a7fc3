import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { EVENT_COLUMNS, EventRows, spread, type Slot } from './seed-events';
import type { SeedContent } from './seed-options';
import { agentTokenOf, makeOrganisation, type SeededOrganisation } from './seed-site';

/** Rows of one chunk of COPY. */
const ROWS_PER_CHUNK = 500;
const DAY_MS = 86_400_000;

/** What was put in. */
export interface Seeded {
  readonly organisation: SeededOrganisation;
  readonly events: number;
  readonly seconds: number;
}

type Report = (line: string) => void;

/**
 * Fills a prepared database that holds no people, doors or events: each month's events are copied into a table of their
 * own, which is then attached, so that indexes are built once and not row by row.
 *
 * @throws when the database holds data, or no server has prepared it
 */
export async function seedDatabase(options: SeedContent, client: Client, report: Report): Promise<Seeded> {
  const startedAt = performance.now();
  await refuseRealData(client);
  const fromMs = monthsBefore(options.untilMs, options.months);
  const organisation = organisationOf(options);
  await client.query(`SET maintenance_work_mem = '512MB'`);
  await writeOrganisation(client, organisation, options.seed, new Date(fromMs - DAY_MS));
  report(
    `${organisation.sites.length} sites, ${organisation.doors.length} doors, ${organisation.people.length} people`,
  );
  const rows = new EventRows(organisation, options.seed);
  const slots = options.events === 0 ? [] : spread(options.events, fromMs, options.untilMs);
  for (const [month, ofMonth] of byMonth(slots)) {
    await writeMonth(client, month, ofMonth, rows);
    const count = ofMonth.reduce((sum, slot) => sum + slot.count, 0);
    report(`${month}: ${count} events, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  await writeCursors(client, organisation, rows);
  await client.query('ANALYZE');
  return { organisation, events: options.events, seconds: (performance.now() - startedAt) / 1000 };
}

/** The organisation that a database was filled with: the same for the same options. */
export function organisationOf(options: SeedContent): SeededOrganisation {
  return makeOrganisation(options, options.seed, monthsBefore(options.untilMs, options.months) - DAY_MS);
}

async function refuseRealData(client: Client): Promise<void> {
  const { rows } = await client
    .query<{ kind: string }>(
      `SELECT 'people' AS kind WHERE EXISTS (SELECT 1 FROM person)
       UNION ALL SELECT 'doors' WHERE EXISTS (SELECT 1 FROM door)
       UNION ALL SELECT 'events' WHERE EXISTS (SELECT 1 FROM access_event)`,
    )
    .catch((cause: unknown) => {
      throw new Error('The database is not prepared: start a server on it once.', { cause });
    });
  if (rows.length === 0) return;
  throw new Error(
    `The database holds ${rows.map(({ kind }) => kind).join(', ')} already. Made-up data never mixes with real data: ` +
      'take an empty database.',
  );
}

async function writeOrganisation(
  client: Client,
  { sites, doors, people }: SeededOrganisation,
  seed: number,
  at: Date,
): Promise<void> {
  const when = at.toISOString();
  await copy(
    client,
    'site (id, name, created_at)',
    map(sites, ({ id, name }) => `${id}\t${name}\t${when}\n`),
  );
  await copy(
    client,
    'door (id, site_id, name, settings, agent_token_hash, created_at, updated_at)',
    map(doors, (door, index) => {
      const hash = createHash('sha256').update(agentTokenOf(seed, index)).digest('hex');
      return `${door.id}\t${sites[door.site]!.id}\t${door.name}\t{}\t\\\\x${hash}\t${when}\t${when}\n`;
    }),
  );
  await copy(
    client,
    'person (id, site_id, name, employee_number, department, created_at, updated_at)',
    map(people, ({ id, name, employeeNumber, department }, index) => {
      const site = sites[index % sites.length]!.id;
      return `${id}\t${site}\t${name}\t${employeeNumber}\t${department}\t${when}\t${when}\n`;
    }),
  );
  // A new database has one group, which opens all doors, for people of whom nothing else is said.
  await client.query(
    'INSERT INTO access_group_member (person_id, group_id) SELECT person.id, access_group.id FROM person, access_group',
  );
}

async function writeMonth(
  client: Client,
  month: string,
  slots: readonly Slot[],
  rows: EventRows,
): Promise<void> {
  const table = `access_event_${month.replace('-', '_')}`;
  const [year, ordinal] = month.split('-').map(Number) as [number, number];
  const end = new Date(Date.UTC(year, ordinal, 1)).toISOString();
  // A server has made the next months ahead; this one holds nothing yet.
  await client.query(`
    DROP TABLE IF EXISTS ${table};
    CREATE TABLE ${table} (LIKE access_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  await copy(client, `${table} (${EVENT_COLUMNS})`, rowsOf(slots, rows));
  await client.query(
    `ALTER TABLE access_event ATTACH PARTITION ${table} FOR VALUES FROM ('${month}-01T00:00:00Z') TO ('${end}')`,
  );
}

async function writeCursors(
  client: Client,
  { doors }: SeededOrganisation,
  { sequences }: EventRows,
): Promise<void> {
  await copy(
    client,
    'event_cursor (door_id, epoch, acknowledged_sequence, highest_sequence)',
    map(doors, ({ id, epoch }, index) => `${id}\t${epoch}\t${sequences[index]}\t${sequences[index]}\n`),
  );
}

async function copy(client: Client, target: string, rows: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(chunks(rows)), client.query(copyFrom(`COPY ${target} FROM STDIN`)));
}

function* chunks(rows: Iterable<string>): Iterable<Buffer> {
  let chunk: string[] = [];
  for (const row of rows) {
    if (chunk.push(row) < ROWS_PER_CHUNK) continue;
    yield Buffer.from(chunk.join(''));
    chunk = [];
  }
  if (chunk.length > 0) yield Buffer.from(chunk.join(''));
}

function* rowsOf(slots: readonly Slot[], rows: EventRows): Iterable<string> {
  for (const slot of slots) yield* rows.of(slot);
}

function* map<T>(list: readonly T[], row: (item: T, index: number) => string): Iterable<string> {
  for (const [index, item] of list.entries()) yield row(item, index);
}

function byMonth(slots: readonly Slot[]): Map<string, Slot[]> {
  const months = new Map<string, Slot[]>();
  for (const slot of slots) {
    const month = new Date(slot.startMs).toISOString().slice(0, 7);
    const list = months.get(month) ?? [];
    months.set(month, list);
    list.push(slot);
  }
  return months;
}

function monthsBefore(ms: number, months: number): number {
  const end = new Date(ms);
  return Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, end.getUTCDate());
}
