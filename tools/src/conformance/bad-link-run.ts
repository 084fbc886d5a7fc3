import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiRefusal } from '../api-client/api-client';
import { until } from '../system/until';
import { BadLink } from './bad-link';
import { bundleDoor } from './bundle-door';
import { ConformanceServer } from './conformance-server';
import { DoorProcess } from './door-process';

/** What a door does on a bad link. */
export const BAD_LINK = {
  ...{ bitsPerSecond: 64_000, delayMs: 1_000, loss: 0.1, seed: 1 },
  ...{ people: 200, events: 500 },
} as const;

const LIMIT_MS = 8 * 60_000;
const UNLOCKS = 5;

/** How a door got on. */
export interface BadLinkReport {
  /** Until the server had all events, s. */
  readonly eventsSeconds: number;
  /** Until the door had all people, s. */
  readonly peopleSeconds: number;
  /** How far the door is wrong about the server's clock, ms. */
  readonly clockOffsetMs: number | null;
  /** Of the commands that were given afterwards, how long each took to be answered, ms, or why it was not done. */
  readonly unlocksMs: readonly (number | string)[];
  readonly carriedBytes: number;
}

/** Begins a door with a full outbox and an empty gallery on a bad link, and gives it commands once it is level. */
export async function runBadLink(): Promise<BadLinkReport> {
  const folder = await mkdtemp(join(tmpdir(), 'munjigi-bad-link-'));
  const server = await ConformanceServer.start();
  const { program, remove } = await bundleDoor();
  const doors = new DoorProcess(program, join(folder, 'door.log'));
  const link = new BadLink(BAD_LINK, () => new URL(server.url));
  try {
    const { door, agentToken: token } = await server.api.createDoor('Bad link', {});
    for (let index = 0; index < BAD_LINK.people; index += 1) await server.api.createPerson(`김민지 ${index}`);
    const witness = join(folder, 'witness');
    mkdirSync(witness);
    await doors.start();
    const order = { directory: join(folder, 'door'), witness, serverUrl: await link.start(), token };
    await doors.open('door', { ...order, isPatient: true });
    await doors.happen('door', BAD_LINK.events);
    const startedAt = performance.now();
    const since = (what: string, isSo: () => Promise<boolean>) =>
      until(what, isSo, { timeoutMs: LIMIT_MS }).then(() => (performance.now() - startedAt) / 1000);
    const [{ head } = { head: 0 }] = await server.query<{ head: number }>(
      'SELECT revision AS head FROM change_head',
      [],
    );
    const status = () => doors.status('door');
    const [eventsSeconds, peopleSeconds] = await Promise.all([
      since('the events to be stored', async () => (await status()).pending === 0),
      since('the people to be there', async () => (await status()).appliedRevision >= Number(head)),
    ]);
    const { clockOffsetMs } = await status();
    const unlocksMs: (number | string)[] = [];
    for (let index = 0; index < UNLOCKS; index += 1) unlocksMs.push(await unlock(server, door.id));
    return { eventsSeconds, peopleSeconds, clockOffsetMs, unlocksMs, carriedBytes: link.carriedBytes };
  } finally {
    await doors.kill();
    await link.stop();
    await server.stop();
    await remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function unlock({ api }: ConformanceServer, doorId: string): Promise<number | string> {
  const startedAt = performance.now();
  const asked = api.call('POST', `/api/doors/${doorId}/unlock`, { reason: 'Conformance' });
  return asked.then(
    () => Math.round(performance.now() - startedAt),
    (error: unknown) =>
      error instanceof ApiRefusal ? error.code + JSON.stringify(error.message) : String(error),
  );
}
