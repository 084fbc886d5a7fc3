import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DoorCondition } from '@munjigi/contracts';
import { systemClock } from '../adapters/clock/system-clock';
import { IdentityFile } from '../adapters/store/identity-file';
import { openStore, type DoorStore } from '../adapters/store/open-store';
import { createLog } from '../log';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import { commandPlans } from '../stages/command-plans';
import { EventBook } from '../stages/event-book';
import { ClockWatch } from '../stages/watch-clock';
import { DoorJournal } from '../stages/keep-journal';
import { CommandDesk, type CommandPlan, type CommandPlans } from '../stages/obey-commands';
import { SocketUplink } from '../sync/socket-uplink';
import { TargetState } from '../sync/target-state';
import { eventDraft } from './drafts';
import { NO_LOCAL_PEOPLE } from './no-local-people';

/**
 * A program for tests: doors that have neither eyes nor wires, and all else of an agent. It takes orders over its
 * channel, and writes to a folder what it did, line by line, so that whoever kills it can tell.
 */
type Order = { readonly id: number; readonly door: string } & (
  | {
      readonly type: 'open';
      readonly directory: string;
      readonly witness: string;
      readonly serverUrl: string;
      readonly token: string;
      /** Waits as a real door does. */
      readonly isPatient?: boolean;
    }
  | { readonly type: 'happen'; readonly count: number }
  | { readonly type: 'step-clock'; readonly byMs: number }
  | { readonly type: 'status' | 'state' | 'close' }
);

const model = { modelId: 'mobilefacenet-192', dimension: 192 };
const NO_FAULTS = { cameraFault: null, cameraFaultKind: null, disk: null, health: null };
const LOCKED: DoorCondition = {
  ...{ standing: 'locked', position: 'unknown', alarm: 'normal', hardwareFault: null },
  ...{ warning: false, tamper: false, fireRelease: false },
};
const TIMES = {
  retry: { baseMs: 20, capMs: 150 },
  refusedRetry: { baseMs: 40, capMs: 150 },
  connectTimeoutMs: 1_000,
  answerTimeoutMs: 700,
};

/** One door, without a face or a lock. */
class ConformanceDoor {
  readonly #store: DoorStore;
  readonly #target: TargetState;
  readonly #uplink: SocketUplink;
  readonly #desk: CommandDesk;
  readonly #events: EventStore;
  readonly #book: EventBook;
  readonly #journal: DoorJournal;
  readonly #clock: Clock;
  readonly #watch: ClockWatch;
  #aheadMs = 0;
  /** As it was when the command that comes was looked at: it is done, if at all, before anything else is. */
  #serverMs: number | null = null;
  #steps = 0;

  constructor({ directory, witness, serverUrl, token, isPatient = false }: Extract<Order, { type: 'open' }>) {
    const log = createLog({ level: 'warn' });
    this.#clock = {
      monotonicMs: systemClock.monotonicMs,
      wallMs: () => systemClock.wallMs() + this.#aheadMs,
    };
    this.#store = openStore({ directory, modelId: model.modelId });
    this.#events = witnessed(this.#store.events, join(witness, 'recorded'));
    this.#target = new TargetState({ store: this.#store.state, model, log });
    this.#target.load();
    this.#uplink = new SocketUplink({
      ...{ serverUrl, log, clock: this.#clock, target: this.#target, events: this.#events },
      times: isPatient ? {} : TIMES,
      ...{ modelId: model.modelId, agentVersion: '0.1.0', token: () => Promise.resolve(token) },
      identity: new IdentityFile(directory),
      user: {
        doorState: () => ({ ...NO_FAULTS, lock: 'locked', condition: null }),
        captures: () => ({ ok: false, error: { code: 'capture/track-gone', message: 'No face.' } }),
        local: NO_LOCAL_PEOPLE,
        preview: () => undefined,
        whereabouts: () => undefined,
        commands: {
          take: (message) => this.#desk.answer(message),
          untold: () => this.#desk.untold(),
          told: (report) => this.#desk.told(report),
        },
      },
    });
    this.#book = new EventBook({
      ...{ events: this.#events, log, makeRoom: () => false },
      onWritten: () => this.#uplink.eventsWaiting(),
    });
    this.#journal = new DoorJournal({
      ...{ clock: this.#clock, events: this.#book, uplink: this.#uplink, log, onAccess: () => undefined },
    });
    this.#desk = new CommandDesk({
      ...{ log, commands: this.#store.commands },
      plans: this.#plans(join(witness, 'executed')),
      serverMs: () => (this.#serverMs = this.#uplink.serverMs),
      onReport: () => this.#uplink.reportsWaiting(),
    });
    this.#watch = new ClockWatch({
      ...{ clock: this.#clock, log },
      onStep: (step) => {
        if (this.#journal.note({ kind: 'clock-stepped', byMs: step })) this.#steps += 1;
      },
    });
    this.#desk.resume();
    this.#uplink.start();
  }

  /** Visits, and what a door tells of itself. @returns how many could be written down at once */
  happen(count: number): number {
    let recorded = 0;
    for (let index = 0; index < count; index += 1) {
      try {
        // Some are alarms, which overtake what waits before them.
        if (index % 3 === 2) this.#journal.note({ kind: index % 2 === 0 ? 'rex' : 'door-forced' });
        else this.#visit();
        recorded += 1;
      } catch {
        // What could not be written down did not happen: the door would have stayed shut.
      }
    }
    this.#book.retry();
    this.#uplink.eventsWaiting();
    return recorded;
  }

  #visit(): void {
    const occurredAt = new Date(this.#clock.wallMs()).toISOString();
    const { clockOffsetMs, clockErrorMs } = this.#uplink;
    const monotonicMs = this.#clock.monotonicMs();
    this.#book.append(eventDraft({ occurredAt, monotonicMs, clockOffsetMs, clockErrorMs }));
  }

  /** @returns whether the door has noticed */
  stepClock(byMs: number): boolean {
    const before = this.#steps;
    this.#aheadMs += byMs;
    this.#watch.look();
    return this.#steps > before;
  }

  status() {
    return {
      pending: this.#store.events.pending(1).length + this.#book.heldCount,
      untold: this.#desk.untold().length,
      begun: this.#store.commands.begun().length,
      clockOffsetMs: this.#uplink.clockOffsetMs,
      appliedRevision: this.#target.appliedRevision,
      ...this.#store.events.position,
    };
  }

  /** All that the door holds of the desired state, as it is on the disk. */
  state() {
    const { people, templates, transforms, door, rules, appliedRevision } = this.#store.state.load();
    return {
      appliedRevision,
      people: sorted(people, ({ id }) => id),
      templates: sorted(templates, ({ templateId }) => templateId).map((template) => ({
        ...template,
        embedding: [...template.embedding],
      })),
      transforms: sorted(transforms, ({ id }) => id).map(({ id }) => id),
      ...{ door, rules },
    };
  }

  async close(): Promise<void> {
    await this.#uplink.stop();
    this.#store.close();
  }

  #plans(executed: string): CommandPlans {
    let current = '';
    const witness = (kind: string): void => {
      const done = { commandId: current, kind, atMs: Date.now(), serverMs: this.#serverMs };
      appendFileSync(executed, `${JSON.stringify(done)}\n`);
    };
    const plans = commandPlans({
      actuator: {
        refusalFor: () => null,
        unlock: () => (witness('unlock'), true),
        relock: () => witness('lock'),
        hasUnlocked: () => Promise.resolve(true),
        ...{ isUnlockedForAll: false, condition: LOCKED },
      },
      journal: this.#journal,
      unlockMs: () => 1_000,
      refreshMode: () => undefined,
      identify: async (forMs) => {
        witness('identify');
        await sleep(forMs / 20);
      },
      restart: () => undefined,
      updateModels: null,
      diagnostics: () => Promise.reject(new Error('There is nothing to tell.')),
    });
    type Plan = (command: never, id: string) => CommandPlan;
    return Object.fromEntries(
      Object.entries(plans).map(([kind, plan]) => [
        kind,
        (command: never, id: string): CommandPlan => {
          const made = (plan as Plan)(command, id);
          const now = <T>(work: () => T) => ((current = id), work());
          if ('work' in made) return { work: () => now(made.work) };
          if ('moment' in made) return { moment: () => now(made.moment) };
          const { end, act } = made;
          return act ? { end, act: () => now(act) } : made;
        },
      ]),
    ) as unknown as CommandPlans;
  }
}

/** An outbox of which every event is told to a file once it is durable. */
function witnessed(events: EventStore, path: string): EventStore {
  const append: EventStore['append'] = (draft) => {
    const event = events.append(draft);
    const { id, sequence, kind } = event as { id: string; sequence: number; kind: string };
    appendFileSync(path, `${JSON.stringify({ id, sequence, kind, epoch: events.position.epoch })}\n`);
    return event as never;
  };
  return new Proxy(events, {
    get: (target, name) => {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

const doors = new Map<string, ConformanceDoor>();

async function obey(order: Order): Promise<unknown> {
  if (order.type === 'open') {
    doors.set(order.door, new ConformanceDoor(order));
    return null;
  }
  const door = doors.get(order.door);
  if (!door) throw new Error(`There is no door ${order.door}.`);
  switch (order.type) {
    case 'happen':
      return door.happen(order.count);
    case 'step-clock':
      return door.stepClock(order.byMs);
    case 'status':
      return door.status();
    case 'state':
      return door.state();
    case 'close':
      doors.delete(order.door);
      return door.close();
  }
}

process.on('message', (order: Order) => {
  obey(order).then(
    (result) => process.send?.({ id: order.id, ok: true, result: result ?? null }),
    (error: unknown) => process.send?.({ id: order.id, ok: false, result: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
