import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { doorSchema } from '@munjigi/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { until } from '../system/until';
import { untilSettled } from './until-settled';
import type { ConformanceServer } from './conformance-server';
import type { DoorProcess } from './door-process';
import { FaultyProxy } from './faulty-proxy';
import type { Script, Step } from './script';
import type { SmallDisk } from './small-disk';
import { verifyCommands, verifyEvents } from './verify-script';

/** What stays warm from script to script. */
export interface Bench {
  readonly server: ConformanceServer;
  readonly doors: DoorProcess;
  readonly disk: SmallDisk;
  /** A folder for what doors say that they did. */
  readonly folder: string;
}

const DOOR = 'door';
/** A machine that is busy with other things is slow, and no less right. */
const PATIENCE = { timeoutMs: 120_000, pauseMs: 10 };

/** One script on its way: a door of its own, on a link of its own. */
class Scene {
  readonly #people: string[] = [];
  readonly #proxy: FaultyProxy;
  #hasMissedStep = false;
  readonly #background = new Set<Promise<unknown>>();
  readonly #directory: string;
  readonly #witness: string;
  readonly #freshDirectory: string;
  #serverUrl = '';
  #door = { id: '', token: '' };

  constructor(
    private readonly script: Script,
    private readonly bench: Bench,
  ) {
    this.#proxy = new FaultyProxy(() => bench.server.url);
    this.#directory = join(bench.disk.path, String(script.seed));
    this.#witness = join(bench.folder, String(script.seed));
    this.#freshDirectory = `${this.#witness}-fresh`;
    mkdirSync(this.#witness, { recursive: true });
  }

  /** @returns what was not as it must be; nothing: all was */
  async play(): Promise<string[]> {
    await this.#begin();
    try {
      for (const { afterMs, step } of this.script.steps) {
        await sleep(afterMs);
        await this.#take(step);
      }
      await this.#settle();
      return await this.#verify();
    } finally {
      this.bench.disk.free();
      await this.bench.doors.close(DOOR).catch(() => undefined);
      await this.#proxy.close();
      this.#clear();
    }
  }

  /** A disk that filled up with what earlier scripts left would fail a later one. */
  #clear(): void {
    this.bench.disk.clear();
    for (const path of [this.#witness, this.#freshDirectory]) rmSync(path, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    const { server, doors } = this.bench;
    this.#door = await until(
      'a door to be made',
      () =>
        server.desired.changing(async () => {
          const made = await server.api.createDoor(`Conformance ${this.script.seed}`, {});
          return { id: made.door.id, token: made.agentToken };
        }),
      PATIENCE,
    );
    this.#serverUrl = await this.#proxy.start();
    await doors.start();
    await this.#open();
  }

  #open(): Promise<unknown> {
    const { token } = this.#door;
    const order = { directory: this.#directory, witness: this.#witness, serverUrl: this.#serverUrl, token };
    return this.bench.doors.open(DOOR, order);
  }

  async #take(step: Step): Promise<void> {
    const { server, doors, disk } = this.bench;
    const proxy = this.#proxy;
    switch (step.kind) {
      case 'events':
        await doors.happen(DOOR, step.count);
        return;
      case 'person':
      case 'person-gone':
      case 'settings':
        this.#inBackground(server.desired.changing(() => this.#change(step)));
        return;
      case 'late-command':
        proxy.late = step;
        this.#inBackground(this.#command('unlock'));
        return;
      case 'command':
        this.#inBackground(this.#command(step.command));
        return;
      case 'cut':
        proxy.cut();
        return;
      case 'half-open':
        proxy.isStalled = true;
        await sleep(step.forMs);
        proxy.abandon();
        proxy.isStalled = false;
        return;
      case 'duplicate':
      case 'reorder':
      case 'corrupt':
        proxy.arm(step.kind, step.direction);
        return;
      case 'delay':
        proxy.delay(step.direction, step.byMs);
        return;
      case 'kill-door':
        await doors.kill();
        await sleep(step.downMs);
        await doors.start();
        await this.#open();
        return;
      case 'kill-server':
        await server.restart();
        return;
      case 'disk-full':
        disk.fill();
        await doors.happen(DOOR, 2);
        await sleep(step.forMs);
        disk.free();
        return;
      case 'clock-jump':
        this.#hasMissedStep ||= !(await doors.stepClock(DOOR, step.byMs)) && Math.abs(step.byMs) > STEP_MS;
        return;
      case 'old-door':
      case 'new-door':
      case 'new-server':
        proxy.disguise = step.kind;
        proxy.cut();
        await sleep(step.forMs);
        proxy.disguise = null;
        proxy.cut();
    }
  }

  /** What fails while the server is away is not done, or is and nobody knows: either is for the door to follow. */
  #inBackground(work: Promise<unknown>): void {
    const done = work.catch(() => undefined).finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  async #change(step: Extract<Step, { kind: 'person' | 'person-gone' | 'settings' }>): Promise<void> {
    const { api } = this.bench.server;
    if (step.kind === 'person') this.#people.push((await api.createPerson('김민지')).id);
    else if (step.kind === 'settings')
      await api.call('PATCH', `/api/doors/${this.#door.id}`, { settings: { unlockMs: step.unlockMs } });
    else {
      const personId = this.#people.pop();
      if (personId !== undefined) await api.deletePerson(personId);
    }
  }

  #command(kind: 'unlock' | 'lock' | 'identify'): Promise<unknown> {
    const command = kind === 'identify' ? { kind, forMs: 1_000 } : { kind };
    const body = { command, reason: 'Conformance' };
    return this.bench.server.api.call('POST', `/api/doors/${this.#door.id}/commands`, body);
  }

  /** Ends all faults and waits until each side has all that the other has for it. */
  async #settle(): Promise<void> {
    const { server, doors, disk } = this.bench;
    this.#proxy.heal();
    disk.free();
    await server.up();
    // What was held for want of room is written with what comes next.
    await doors.happen(DOOR, 0);
    await this.#untilSettled();
  }

  /** However long it takes, as long as it gets on. */
  async #untilSettled(): Promise<void> {
    const { server, doors } = this.bench;
    await untilSettled(async () => {
      const [{ head } = { head: 0 }] = await server.query<{ head: number }>(HEAD_SQL, []);
      const { pending, untold, begun, appliedRevision, lastSequence } = await doors.status(DOOR);
      const isSettled = pending + untold + begun === 0 && appliedRevision >= Number(head);
      return { isSettled, stand: { pending, untold, begun, appliedRevision, lastSequence } };
    });
  }

  async #verify(): Promise<string[]> {
    const { server, doors } = this.bench;
    const aftermath = async () => ({
      ...{ server, status: await doors.status(DOOR), doorId: this.#door.id, witness: this.#witness },
      expiries: this.#proxy.expiries,
    });
    const refusals = this.#proxy.newDoorAnswers.filter(({ error }) => codeOf(error) !== UNSUPPORTED);
    return [
      ...(await this.#lasting(async () => verifyEvents(await aftermath()))),
      ...(await this.#lasting(async () => verifyCommands(await aftermath()))),
      ...(this.#hasMissedStep ? ['the door did not notice that its clock jumped'] : []),
      ...refusals.map((answer) => `a newer door was answered ${JSON.stringify(answer)}`),
      ...(await server.desired.still(() => this.#compareDigests())),
      ...(await server.desired.still(() => this.#compareWithNewDoor())),
    ];
  }

  /** What is wrong, and still is a while later: a command may be on its way while it is looked. */
  async #lasting(look: () => Promise<string[]>): Promise<string[]> {
    const deadline = performance.now() + LASTING_MS;
    for (;;) {
      // Another script may have killed the server meanwhile.
      await this.bench.server.up();
      const wrong = await look().catch((error: unknown) => [String(error)]);
      if (wrong.length === 0 || performance.now() > deadline) return wrong;
      await sleep(50);
    }
  }

  /** The digests of both sides must agree, and must have agreed whenever they were compared. */
  async #compareDigests(): Promise<string[]> {
    const { server } = this.bench;
    const { id } = this.#door;
    await this.#untilSettled();
    const device = async () => doorSchema.parse(await server.api.call('GET', `/api/doors/${id}`)).device;
    const before = (await until('the door to be shown', device, PATIENCE)).comparedAt;
    const { agrees } = await until(
      'both sides to compare what the door holds',
      async () => {
        const now = await device();
        if (now?.comparedAt && now.comparedAt !== before) return now;
        await server.api.call('POST', `/api/doors/${id}/compare-state`);
        return null;
      },
      PATIENCE,
    );
    const drifts = await server.query<{ details: object }>(
      `SELECT details FROM door_event WHERE door_id = $1 AND kind = 'state-drift'`,
      [id],
    );
    const wrong = drifts.map(({ details }) => `the door had drifted: ${JSON.stringify(details)}`);
    return agrees === true ? wrong : [...wrong, 'the digests of both sides differ'];
  }

  /** What the door has come to hold must be what a door holds that begins now. */
  async #compareWithNewDoor(): Promise<string[]> {
    const { doors } = this.bench;
    await this.#untilSettled();
    const held = await doors.state(DOOR);
    await doors.close(DOOR);
    const fresh = 'new door';
    const directory = this.#freshDirectory;
    const order = { directory, witness: this.#witness, serverUrl: this.#serverUrl, token: this.#door.token };
    await doors.open(fresh, order);
    try {
      const { appliedRevision } = held;
      await until(
        'a new door to be level',
        async () => (await doors.status(fresh)).appliedRevision >= appliedRevision,
        PATIENCE,
      );
      const wanted = await doors.state(fresh);
      return isDeepStrictEqual(held, wanted) ? [] : [`the door holds ${difference(held, wanted)}`];
    } finally {
      await doors.close(fresh);
    }
  }
}

/** Smaller steps of a clock are none. */
const STEP_MS = 500;
const LASTING_MS = 60_000;
const UNSUPPORTED = 'agent/unsupported-version';
const HEAD_SQL = 'SELECT revision AS head FROM change_head';

/** Plays a script. @returns what was not as it must be; nothing: all was */
export async function runScript(script: Script, bench: Bench): Promise<string[]> {
  const wrong = await new Scene(script, bench).play().catch((error: unknown) => {
    const { message, cause } = error as Error;
    return [cause instanceof Error ? `${message} (${cause.message})` : message];
  });
  const { lastWords } = bench.server;
  return lastWords === null ? wrong : [...wrong, `the server has ended by itself:\n${lastWords}`];
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | undefined)?.code;
}

function difference(held: object, wanted: object): string {
  return Object.entries(wanted)
    .filter(([name, value]) => !isDeepStrictEqual(value, (held as Record<string, unknown>)[name]))
    .map(([name, value]) => {
      const [is, should] = [(held as Record<string, unknown>)[name], value].map((each) =>
        (JSON.stringify(each) ?? 'nothing').slice(0, 300),
      );
      return `${name} ${is}, and should hold ${should}`;
    })
    .join('; ');
}
