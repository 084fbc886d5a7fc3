import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LoadFolder } from '../../load/load-folder';
import { LoadServer } from '../../load/load-server';
import { seedDatabase } from '../../seed/seed-database';
import { agentTokenOf } from '../../seed/seed-site';
import { GateProxy } from './gate-proxy';
import { Herd } from './herd';
import type { LinkOptions } from './link-options';

/** Everybody is back and level within so long. */
const SECONDS_MAX = 60;
const DAY_MS = 86_400_000;
const WAIT_MS = 420_000;
const POLL_MS = 200;
/** So long that the pauses between attempts have grown to their longest. */
const OUTAGE_MS = 20_000;
const EVENTS_PER_DOOR = 5;
const PEOPLE_CHANGED = 20;

/** People and doors were put past the feed; without it every door would have to be healed, all of them at once. */
const TOLD_SQL = `
  WITH told AS (
    SELECT family, id, row_number() OVER () AS place
    FROM (SELECT 'person' AS family, id FROM person UNION ALL SELECT 'door', id FROM door) AS every
    WHERE NOT EXISTS (SELECT 1 FROM change WHERE change.family = every.family AND entity_id = every.id)
  ), noted AS (
    INSERT INTO change (family, entity_id, revision, deleted)
    SELECT told.family, told.id, head.revision + told.place, false
    FROM told, change_head AS head RETURNING revision
  )
  UPDATE change_head SET revision = (SELECT max(noted.revision) FROM noted)
  WHERE EXISTS (SELECT 1 FROM noted)`;

interface Parts {
  readonly server: LoadServer;
  readonly proxy: GateProxy;
  readonly herd: Herd;
  readonly say: (line: string) => void;
}

/**
 * Cuts a real server off from all of its doors, lets people change and pass meanwhile, and measures how long after the
 * network is back every door is linked, has all changes and has sent all events, and what that costs the server.
 */
export async function measureHerd({ doors, people }: LinkOptions, say: (line: string) => void) {
  const folder = await LoadFolder.make();
  const directory = await mkdtemp(join(tmpdir(), 'munjigi-herd-'));
  const server = await LoadServer.start(folder);
  const proxy = await GateProxy.to(server.url);
  let herd: Herd | undefined;
  try {
    const untilMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const content = { sites: 1, doors, people, events: 0, months: 1, untilMs, seed: 1 };
    const { organisation } = await seedDatabase(content, server.database, say);
    await server.database.query(TOLD_SQL);
    const tokens = Array.from({ length: doors }, (_, index) => agentTokenOf(1, index));
    herd = Herd.begin({ directory, url: proxy.url, tokens });
    const parts = { server, proxy, herd, say };
    const first = await back(parts, { doors, sinceMs: 0 });
    say(`${doors} doors level for the first time after ${first.levelSeconds} s`);
    proxy.shut();
    herd.happen(EVENTS_PER_DOOR);
    for (const { id } of organisation.people.slice(0, PEOPLE_CHANGED))
      await server.api.updatePerson(id, { name: 'Renamed meanwhile' });
    await delay(OUTAGE_MS);
    const again = await back(parts, { doors, sinceMs: Date.now() });
    return {
      reached: again.levelSeconds !== null && again.levelSeconds <= SECONDS_MAX,
      ...{ doors, people, eventsPerDoor: EVENTS_PER_DOOR },
      first,
      again,
      serverPeakMiB: await peakMiB(server.pid),
      loadAverage: Number((loadavg()[0] ?? 0).toFixed(1)),
    };
  } finally {
    herd?.stop();
    proxy.close();
    await server.stop();
    await folder.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function back(
  { server, proxy, herd, say }: Parts,
  { doors, sinceMs }: { doors: number; sinceMs: number },
) {
  // Reading them begins them anew.
  await metrics(server);
  proxy.open();
  const startedAt = performance.now();
  const seconds = (): number => Number(((performance.now() - startedAt) / 1000).toFixed(1));
  let linkedSeconds: number | null = null;
  let levelSeconds: number | null = null;
  let saidAt = 0;
  while (levelSeconds === null && performance.now() - startedAt < WAIT_MS) {
    const { linked, level, refused } = await herd.state(sinceMs);
    if (linked === doors) linkedSeconds ??= seconds();
    if (level === doors) levelSeconds = seconds();
    if (performance.now() - saidAt > 5_000) {
      saidAt = performance.now();
      say(`${seconds()} s: ${linked} linked, ${level} level, ${refused} refused, ${proxy.attempts} attempts`);
    }
    await delay(POLL_MS);
  }
  const measured = await metrics(server);
  return {
    ...{ linkedSeconds, levelSeconds, attempts: proxy.attempts },
    loopHeldP99Ms: milliseconds(measured, 'nodejs_eventloop_lag_p99_seconds'),
    loopHeldMaxMs: milliseconds(measured, 'nodejs_eventloop_lag_max_seconds'),
    errors: (server.tail.match(/"level":(50|60)/g) ?? []).length,
  };
}

async function metrics({ url, api }: LoadServer): Promise<string> {
  const response = await fetch(`${url}/api/metrics`, { headers: { cookie: api.sessionCookie } });
  return response.text();
}

function milliseconds(text: string, name: string): number | null {
  const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
  return value === undefined ? null : Math.round(Number(value) * 1000);
}

async function peakMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
