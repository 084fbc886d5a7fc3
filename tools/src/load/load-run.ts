import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { describeMachine } from '../bench/machine';
import { organisationOf, seedDatabase } from '../seed/seed-database';
import type { SeedContent } from '../seed/seed-options';
import { agentTokenOf, type SeededOrganisation } from '../seed/seed-site';
import { bareCopyRate } from './bare-copy';
import { FleetProcess } from './fleet';
import type { FleetFigures } from './fleet-protocol';
import { LoadFolder } from './load-folder';
import { countOf, each, latencyOf, rateOf, readRows, type LoadReport } from './load-report';
import type { LoadOptions } from './load-options';
import { LoadServer } from './load-server';
import { usedBetween } from './processor-time';
import { commonReads, measureReads, yardsticks } from './reads';
import { verifyAccount, type ExpectedOutbox } from './verify';

/** Events of one batch while agents send as fast as the server takes it, as after an hour without a network. */
const FLOOD_BATCH = 20;
const AGENTS_PER_SITE = 50;
const DAY_MS = 86_400_000;
const BYTES_PER_GB = 1e9;
/** How long reads are made before they count, s at most: a server that has just started knows nothing yet. */
const WARM_UP_SECONDS = 3;
/** People who pass while agents send. */
const PASSERS_MAX = 2_000;

type Say = (line: string) => void;

interface Parts {
  readonly folder: LoadFolder;
  readonly content: SeedContent;
  readonly server: LoadServer;
  readonly fleet: FleetProcess;
}

/** Starts a server, fills its database, lets agents send, reads, counts, and leaves nothing behind that is not to be kept. */
export async function runLoad(options: LoadOptions, say: Say): Promise<LoadReport> {
  const machine = describeMachine();
  const folder = await (options.keep ? LoadFolder.keep(options.keep) : LoadFolder.make(options.directory));
  try {
    const content = contentOf(options, folder);
    const server = await LoadServer.start(folder, options.profileDirectory);
    const fleet = new FleetProcess();
    try {
      return { machine, ...(await measure(options, { folder, content, server, fleet }, say)) };
    } catch (cause) {
      throw new Error(`${String(cause)}\nThe server said:\n${server.tail}`, { cause });
    } finally {
      fleet.stop();
      await server.stop();
    }
  } finally {
    await folder.close();
  }
}

async function measure(options: LoadOptions, parts: Parts, say: Say): Promise<Omit<LoadReport, 'machine'>> {
  const { content, server } = parts;
  const seedSeconds = await fill(parts, say);
  const organisation = organisationOf(content);
  const outboxes = await outboxesOf(server, organisation);
  const since = new Date();
  const connectedSeconds = await connect(parts, organisation, outboxes);
  say(`${outboxes.length} agents connected in ${connectedSeconds} s`);
  const { lastSequences, ...phases } = await runPhases(options, parts, { organisation, say });
  const account = await verifyAccount(
    server.database,
    outboxes.map((outbox, index) => ({ ...outbox, lastSequence: lastSequences[index]! })),
    since,
  );
  return {
    ...phases,
    database: { ...(await sizeOf(server)), people: content.people, seedSeconds },
    agents: { connected: outboxes.length, seconds: connectedSeconds },
    readers: options.readers,
    account,
  };
}

/** Reads without events, events as fast as they go, and reads while events flow. */
async function runPhases(
  options: LoadOptions,
  { content, server, fleet }: Parts,
  { organisation, say }: { organisation: SeededOrganisation; say: Say },
) {
  const { readers, readSeconds } = options;
  const loads: number[] = [];
  const { url, api, database } = server;
  const target = { ...content, url, cookie: api.sessionCookie, database, organisation };
  const reads = [...yardsticks(target), ...commonReads(target)];
  const read = async (seconds: number) => {
    const figures = await measureReads(reads, { seconds, readers });
    loads.push(loadavg()[0] ?? 0);
    return figures;
  };
  await read(Math.min(WARM_UP_SECONDS, readSeconds));
  const beforeReads = server.processorTime();
  const quiet = await read(readSeconds);
  const readTime = usedBetween(beforeReads, server.processorTime());
  say('reads measured without events');
  const bareCopyEventsPerSecond = await bareCopyRate(database, organisation);
  const order = { type: 'flood', seconds: options.floodSeconds, batch: FLOOD_BATCH } as const;
  const beforeFlood = server.processorTime();
  const { figures: flood } = await fleet.ask(order, 'flooded');
  const floodTime = usedBetween(beforeFlood, server.processorTime());
  say(`${rateOf(flood)} events a second`);
  fleet.tell({ type: 'flow', rate: options.rate });
  const busy = await read(readSeconds);
  const serverMemoryMiB = residentMiB(server.pid);
  const { figures: flow, lastSequences } = await fleet.ask({ type: 'finish' }, 'finished');
  return {
    lastSequences,
    loadAverageMax: Number(Math.max(...loads).toFixed(2)),
    serverMemoryMiB,
    reads: readRows(quiet, busy),
    processorMsPerRead: each(readTime, countOf(quiet)),
    flood: {
      ...phaseOf(flood),
      processorMsPerEvent: each(floodTime, flood.acknowledged),
      batch: FLOOD_BATCH,
      bareCopyEventsPerSecond,
    },
    flow: phaseOf(flow),
    brokenConnections: flow.broken,
  };
}

function phaseOf(figures: FleetFigures) {
  return { eventsPerSecond: rateOf(figures), acknowledged: latencyOf(figures.acknowledgedMs) };
}

/** Connects all agents. @returns how long it took, s */
async function connect(
  { content, server, fleet }: Parts,
  { people }: SeededOrganisation,
  outboxes: readonly ExpectedOutbox[],
): Promise<number> {
  const order = {
    type: 'connect',
    url: server.url,
    agents: identitiesOf(outboxes, content.seed),
    people: people.slice(0, PASSERS_MAX).map(({ id }) => id),
    seed: content.seed,
  } as const;
  const { seconds } = await fleet.ask(order, 'connected');
  return Number(seconds.toFixed(1));
}

/** What the database is to hold; what a kept folder holds already. @throws when that is something else than asked for */
function contentOf({ people, events, months, seed, agents }: LoadOptions, folder: LoadFolder): SeedContent {
  const asked = { people, events, months, seed, doors: agents };
  const { content } = folder.state;
  if (content === undefined) {
    const sites = Math.max(1, Math.round(agents / AGENTS_PER_SITE));
    return { ...asked, sites, untilMs: Math.floor(Date.now() / DAY_MS) * DAY_MS };
  }
  if (Object.entries(asked).every(([name, value]) => content[name as keyof SeedContent] === value))
    return content;
  throw new Error(`The kept data folder was filled with other numbers: ${JSON.stringify(content)}.`);
}

/** Fills the database unless an earlier run did. @returns how long it took, s */
async function fill({ content, folder, server }: Parts, say: Say): Promise<number | null> {
  if (folder.state.content !== undefined) return null;
  const { seconds } = await seedDatabase(content, server.database, say);
  await folder.filledWith(content);
  return Math.round(seconds);
}

async function outboxesOf(server: LoadServer, { doors }: SeededOrganisation): Promise<ExpectedOutbox[]> {
  const { rows } = await server.database.query<{ door_id: string; highest_sequence: string }>(
    'SELECT door_id, highest_sequence FROM event_cursor',
  );
  const highest = new Map(rows.map((row) => [row.door_id, Number(row.highest_sequence)]));
  return doors.map(({ id, epoch }) => {
    const last = highest.get(id) ?? 0;
    return { doorId: id, epoch, firstSequence: last + 1, lastSequence: last };
  });
}

function identitiesOf(outboxes: readonly ExpectedOutbox[], seed: number) {
  return outboxes.map(({ epoch, lastSequence }, index) => ({
    token: agentTokenOf(seed, index),
    epoch,
    lastSequence,
  }));
}

async function sizeOf({ database }: LoadServer): Promise<{ events: number; gigabytes: number }> {
  const { rows } = await database.query<{ events: string; bytes: string }>(
    `SELECT (SELECT count(*) FROM access_event) AS events, pg_database_size(current_database()) AS bytes`,
  );
  return {
    events: Number(rows[0]?.events),
    gigabytes: Number((Number(rows[0]?.bytes) / BYTES_PER_GB).toFixed(1)),
  };
}

function residentMiB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
