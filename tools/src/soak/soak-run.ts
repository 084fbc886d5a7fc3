import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../seed/random';
import { until } from '../system/until';
import { accountOf, type DoorAccount } from './account';
import { residentMiB, trendOf, type MemoryTrend } from './memory';
import type { SoakDoor } from './soak-door';
import type { SoakOptions } from './soak-options';
import { SoakSite } from './soak-site';
import { planTrouble, type Trouble } from './trouble';

const MINUTE_MS = 60_000;
const TICK_MS = 100;
const SAMPLE_EVERY_MS = 2_000;
/** Operators unlock doors meanwhile, so that events come from there, too. */
const UNLOCK_EVERY_MS = 1_500;

/** What became of one door. */
export interface DoorOutcome {
  readonly name: string;
  readonly account: DoorAccount;
  /** Events that its process told of when it had written them. */
  readonly told: number;
  readonly contradictions: number;
  readonly mostHeld: number;
  readonly lives: number;
  /** Ends that the soak did not bring about. */
  readonly crashes: number;
  /** Of the process that ran last. */
  readonly memory: MemoryTrend;
}

/** What a soak found. */
export interface SoakReport {
  readonly seed: number;
  readonly minutes: number;
  /** How often each thing went wrong. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly canFillDisks: boolean;
  readonly unlocks: { readonly done: number; readonly refused: number };
  readonly serverMemory: MemoryTrend;
  readonly doors: readonly DoorOutcome[];
}

/** Runs the soak. @param report hears of each thing that goes wrong, in a line */
export async function runSoak(
  { seed, minutes }: SoakOptions,
  mediaDirectory: string,
  report: (line: string) => void,
): Promise<SoakReport> {
  const site = await SoakSite.start(mediaDirectory);
  const soak = new Soak(site, seed, report);
  try {
    return await soak.run(minutes);
  } finally {
    await soak.settle();
    await site.end();
  }
}

class Soak {
  readonly #site: SoakSite;
  readonly #seed: number;
  readonly #report: (line: string) => void;
  readonly #counts: Record<string, number> = {};
  readonly #serverMemory: number[] = [];
  readonly #endings: { readonly atMs: number; readonly end: () => void | Promise<void> }[] = [];
  readonly #unlocks = { done: 0, refused: 0 };
  #asking: Promise<void> = Promise.resolve();
  readonly #filled = new Set<SoakDoor>();
  #startedAtMs = 0;

  constructor(site: SoakSite, seed: number, report: (line: string) => void) {
    this.#site = site;
    this.#seed = seed;
    this.#report = report;
  }

  async run(minutes: number): Promise<SoakReport> {
    const durationMs = minutes * MINUTE_MS;
    const plan = planTrouble(this.#seed, durationMs);
    const random = new Random(this.#seed + 1);
    this.#startedAtMs = performance.now();
    let [sampleAtMs, unlockAtMs] = [0, 0];
    for (let now = 0; now < durationMs; now = performance.now() - this.#startedAtMs) {
      while (plan[0] && plan[0].atMs <= now) this.#begin(plan.shift()!);
      await this.#endWhatIsOver(now);
      if (now >= sampleAtMs) {
        this.#sample();
        sampleAtMs = now + SAMPLE_EVERY_MS;
      }
      if (now >= unlockAtMs) {
        this.#unlock(random.below(this.#site.doors.length));
        unlockAtMs = now + UNLOCK_EVERY_MS;
      }
      await delay(TICK_MS);
    }
    await this.settle();
    return this.#outcome(minutes);
  }

  /** Ends all that still goes wrong. */
  async settle(): Promise<void> {
    await this.#endWhatIsOver(Infinity);
    await this.#asking;
  }

  #begin({ kind, door: index, forMs, byMs, atMs }: Trouble): void {
    const { server, doors } = this.#site;
    const door = doors[index];
    if (!door) return;
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    this.#report(
      `${kind}${kind === 'server-cut' ? '' : ` at ${door.options.name}`}${forMs > 1 ? ` for ${(forMs / 1000).toFixed(0)} s` : ''}`,
    );
    const later = (end: () => void | Promise<void>): void =>
      void this.#endings.push({ atMs: atMs + forMs, end });
    switch (kind) {
      case 'agent-killed':
        door.kill();
        return;
      case 'camera-cut':
        door.signalCamera('SIGKILL');
        return;
      case 'camera-stuck':
        door.signalCamera('SIGSTOP');
        later(() => door.signalCamera('SIGCONT'));
        return;
      case 'server-cut':
        void server.kill();
        later(() => server.start());
        return;
      case 'clock-stepped':
        door.stepClock(byMs);
        return;
      case 'disk-filled':
        door.disk.fill();
        this.#filled.add(door);
        later(() => {
          this.#filled.delete(door);
          door.disk.empty();
        });
    }
  }

  async #endWhatIsOver(now: number): Promise<void> {
    const over = this.#endings.filter(({ atMs }) => atMs <= now);
    for (const ending of over) {
      this.#endings.splice(this.#endings.indexOf(ending), 1);
      await ending.end();
    }
  }

  #sample(): void {
    for (const door of this.#site.doors) door.sampleMemory();
    // What the door has deleted meanwhile, its reserve too, is no room either.
    for (const { disk } of this.#filled) disk.fill();
    const server = residentMiB(this.#site.server.pid);
    if (server !== null) this.#serverMemory.push(server);
  }

  #unlock(index: number): void {
    const door = this.#site.doors[index];
    if (!door) return;
    const asked = this.#site.server.api.unlockDoor(door.options.id, 'soak').then(
      () => void (this.#unlocks.done += 1),
      () => void (this.#unlocks.refused += 1),
    );
    this.#asking = Promise.all([this.#asking, asked]).then(() => undefined);
  }

  async #outcome(minutes: number): Promise<SoakReport> {
    const { server, doors } = this.#site;
    const memory = doors.map((door) => trendOf(door.memory));
    this.#report('all is well again, the doors hand over what they have');
    for (const door of doors) door.stepClock(0);
    await Promise.all(doors.map((door) => door.startBlind()));
    await until('the outboxes to be empty', () => doors.every((door) => door.position().pending === 0), {
      timeoutMs: 120_000,
    });
    const database = await server.database();
    try {
      const outcomes: DoorOutcome[] = [];
      for (const [index, door] of doors.entries()) {
        const { tally, options } = door;
        const record = { doorId: options.id, ...door.position(), told: tally.told, held: tally.held };
        outcomes.push({
          ...{ name: options.name, told: tally.told.length, contradictions: tally.contradictions },
          ...{ mostHeld: tally.mostHeld, lives: tally.lives, crashes: door.crashes },
          account: await accountOf(database, record),
          memory: memory[index]!,
        });
      }
      return {
        ...{ seed: this.#seed, minutes, troubles: this.#counts, unlocks: this.#unlocks, doors: outcomes },
        canFillDisks: doors.every((door: SoakDoor) => door.disk.isOwn),
        serverMemory: trendOf(this.#serverMemory),
      };
    } finally {
      await database.end();
    }
  }
}
