import { LoadFolder } from '../../load/load-folder';
import { LoadServer } from '../../load/load-server';
import { seedDatabase } from '../../seed/seed-database';
import { agentTokenOf } from '../../seed/seed-site';
import { until } from '../../system/until';
import { quantile } from '../statistics';
import type { LinkOptions } from './link-options';
import { RevokedDoor } from './revoked-door';

/** An online door has forgotten whom it must not let in within so long, nineteen times of twenty. */
const P95_MAX_MS = 1_000;
const DAY_MS = 86_400_000;
const CONNECTING_AT_ONCE = 20;
const WAIT_MS = 300_000;

/**
 * Blocks people one after the other at a real server, and measures for each door how long after the request was sent it
 * had the revocation. Each door also pulls what the feed then tells, as real ones do.
 */
export async function measureRevocations(
  { doors: count, people, rounds }: LinkOptions,
  say: (line: string) => void,
) {
  const folder = await LoadFolder.make();
  const server = await LoadServer.start(folder);
  const doors: RevokedDoor[] = [];
  try {
    const untilMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const content = { sites: 1, doors: count, people, events: 0, months: 1, untilMs, seed: 1 };
    const { organisation } = await seedDatabase(content, server.database, say);
    const head = await server.database.query<{ revision: string }>('SELECT revision FROM change_head');
    const level = Number(head.rows[0]?.revision);
    for (let from = 0; from < count; from += CONNECTING_AT_ONCE) {
      const some = Array.from({ length: Math.min(CONNECTING_AT_ONCE, count - from) }, (_, index) =>
        RevokedDoor.connect(server.url, agentTokenOf(1, from + index), level),
      );
      doors.push(...(await Promise.all(some)));
    }
    say(`${doors.length} doors connected`);
    const atDoorMs: number[] = [];
    const shownMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const personId = organisation.people[round % people]!.id;
      const sentAtMs = performance.now();
      const knowing = doors.map((door) => door.revocationOf(personId, WAIT_MS));
      await server.api.updatePerson(personId, { status: 'blocked', statusReason: 'lost badge' });
      for (const atMs of await Promise.all(knowing)) atDoorMs.push(atMs - sentAtMs);
      const allConfirmed = async () => {
        const { doorsConfirmed, doorsTotal } = await server.api.personDoors(personId);
        return doorsConfirmed === doorsTotal;
      };
      await until('every door to confirm', allConfirmed, { timeoutMs: WAIT_MS });
      shownMs.push(performance.now() - sentAtMs);
      const [p95, all] = [quantile(atDoorMs.slice(-count), 0.95), shownMs.at(-1) ?? 0];
      say(`${round + 1}: at doors p95 ${p95.toFixed(0)} ms, all confirmed ${all.toFixed(0)} ms`);
      await until('the doors to be level', () => Promise.resolve(doors.every((door) => door.isLevel)), {
        timeoutMs: WAIT_MS,
      });
    }
    const p95Ms = Math.round(quantile(atDoorMs, 0.95));
    return {
      reached: p95Ms <= P95_MAX_MS,
      ...{ doors: doors.length, rounds, p50Ms: Math.round(quantile(atDoorMs, 0.5)), p95Ms },
      maxMs: Math.round(Math.max(...atDoorMs)),
      allConfirmedP95Ms: Math.round(quantile(shownMs, 0.95)),
    };
  } finally {
    for (const door of doors) door.close();
    await server.stop();
    await folder.close();
  }
}
