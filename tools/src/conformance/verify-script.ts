import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { doorCommandListSchema, type DoorCommandRecord } from '@munjigi/contracts';
import type { ConformanceServer } from './conformance-server';
import type { DoorStatus } from './door-process';

/** An event that a door wrote down. */
interface Recorded {
  readonly id: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly kind: string;
}

/** Something that a door did as it was commanded. */
interface Executed {
  readonly commandId: string;
  readonly kind: string;
  /** When, by the machine's clock, which is the server's. */
  readonly atMs: number;
  /** What the door took the server's clock for when it looked whether there was time. */
  readonly serverMs: number;
}

/** What a script left. */
export interface Aftermath {
  readonly server: ConformanceServer;
  readonly doorId: string;
  /** Folder of what the door says that it did. */
  readonly witness: string;
  readonly status: DoorStatus;
  /** Commands whose time was shortened on the way, and to when, ms since 1970. */
  readonly expiries: ReadonlyMap<string, number>;
}

/** Every event that the door recorded is stored once, in its place, and none is missing between. @returns what is not so */
export async function verifyEvents({ server, doorId, witness, status }: Aftermath): Promise<string[]> {
  const stored = await server.query<{ id: string; epoch: string; sequence: string; kind: string }>(
    `SELECT id, epoch, sequence, 'access' AS kind FROM access_event WHERE door_id = $1
     UNION ALL
     SELECT id, epoch, sequence, kind FROM door_event WHERE door_id = $1 AND sequence IS NOT NULL
     ORDER BY sequence`,
    [doorId],
  );
  const wrong: string[] = [];
  const places = stored.map(({ sequence }) => Number(sequence));
  if (places.length !== status.lastSequence || places.some((place, index) => place !== index + 1))
    wrong.push(
      `stored are the places ${rangesOf(places)}, and the door has given out ${status.lastSequence}`,
    );
  if (new Set(stored.map(({ id }) => id)).size !== stored.length) wrong.push('an event is stored twice');
  if (stored.some(({ epoch }) => epoch !== status.epoch)) wrong.push('events of another epoch are stored');
  const byId = new Map(stored.map((event) => [event.id, event]));
  for (const { id, epoch, sequence, kind } of linesOf<Recorded>(join(witness, 'recorded'))) {
    const event = byId.get(id);
    if (!event) wrong.push(`event ${sequence} was recorded and is not stored`);
    else if (event.epoch !== epoch || Number(event.sequence) !== sequence)
      wrong.push(`event ${sequence} is stored in place ${event.sequence}`);
    else if (event.kind !== kind) wrong.push(`event ${sequence}, ${kind}, is stored as ${event.kind}`);
  }
  return wrong;
}

/** No command was done twice or late, and the server knows how each ended. @returns what is not so */
export async function verifyCommands(aftermath: Aftermath): Promise<string[]> {
  const { server, doorId, witness, expiries } = aftermath;
  const list = await server.api.call('GET', `/api/doors/${doorId}/commands`);
  const commands = new Map(doorCommandListSchema.parse(list).items.map((each) => [each.id as string, each]));
  const executed = linesOf<Executed>(join(witness, 'executed'));
  const wrong: string[] = [];
  for (const { commandId, kind, atMs, serverMs } of executed) {
    const command = commands.get(commandId);
    if (!command) {
      wrong.push(`${kind} ${commandId} was done, and the server does not know it`);
      continue;
    }
    const expiresAtMs = Math.min(Date.parse(command.expiresAt), expiries.get(commandId) ?? Infinity);
    if (serverMs >= expiresAtMs) wrong.push(`${kind} was done ${serverMs - expiresAtMs} ms late`);
    if (Math.abs(serverMs - atMs) > CLOCK_TOLERANCE_MS)
      wrong.push(`${kind} was done by a clock that was ${serverMs - atMs} ms wrong`);
  }
  for (const command of commands.values()) {
    const times = executed.filter(({ commandId }) => commandId === command.id).length;
    if (times > 1) wrong.push(`${command.command.kind} was done ${times} times`);
    wrong.push(...disagreement(command, times));
  }
  return wrong;
}

/** Half of the longest that a door of a script waits for the answer to its hello, and a little for a busy machine. */
const CLOCK_TOLERANCE_MS = 500;

function disagreement({ command: { kind }, state }: DoorCommandRecord, times: number): string[] {
  const mayBe = times === 0 ? ['asked', 'expired', 'refused', 'failed'] : ['done', 'failed'];
  return mayBe.includes(state) ? [] : [`${kind} was done ${times} times, and the server has it as ${state}`];
}

function linesOf<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  // The last is empty, or was cut short by a kill.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as T);
}

function rangesOf(places: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last && last[1] === place - 1) last[1] = place;
    else ranges.push([place, place]);
  }
  return ranges.map(([from, to]) => `${from}-${to}`).join(', ') || 'none';
}
