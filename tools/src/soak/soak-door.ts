import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { ManagedProcess } from '../processes/managed-process';
import { AGENT_MAIN } from '../system/paths';
import { childrenOf } from './child-processes';
import { residentMiB } from './memory';
import { SmallDisk } from './small-disk';
import { Tally } from './tally';

/** So small that it is full at once, and large enough for the store. */
const DISK_MIB = 48;
const DISK_LOW_MIB = 16;
const RESTART_AFTER_MS = 300;

/** Who a door is, and what it sees. */
export interface SoakDoorOptions {
  readonly name: string;
  readonly id: string;
  readonly token: string;
  readonly serverUrl: string;
  readonly video: string;
  readonly directory: string;
}

/** Where a door's own store stands. */
export interface StorePosition {
  readonly epoch: string;
  readonly lastSequence: number;
  readonly pending: number;
}

/** One door's agent as a process of its own, with all that can be done to it. */
export class SoakDoor {
  readonly tally = new Tally();
  /** Memory over the life of the process that runs now, MiB. */
  readonly memory: number[] = [];
  readonly disk: SmallDisk;
  private process: ManagedProcess;
  private isStopping = false;
  private unexpected = 0;

  constructor(readonly options: SoakDoorOptions) {
    mkdirSync(options.directory, { recursive: true });
    this.disk = SmallDisk.make(join(options.directory, 'data'), DISK_MIB);
    this.process = this.newProcess(true);
  }

  /** Ends that nobody brought about: the agent crashed. */
  get crashes(): number {
    return this.unexpected;
  }

  start(): void {
    this.process.start(() => this.ended());
  }

  /** Ends the agent without a word; it is started again at once. */
  kill(): void {
    if (!this.process.running) return;
    this.unexpected -= 1;
    this.process.signal('SIGKILL');
  }

  /** Sends a signal to what reads the camera. */
  signalCamera(signal: NodeJS.Signals): void {
    for (const { pid, name } of childrenOf(this.process.pid)) {
      if (!name.startsWith('ffmpeg')) continue;
      try {
        process.kill(pid, signal);
      } catch {
        // It ended by itself meanwhile.
      }
    }
  }

  /** Sets how wrong the door's wall clock is, ms. */
  stepClock(byMs: number): void {
    writeFileSync(this.clockFile, String(byMs));
  }

  sampleMemory(): void {
    const now = residentMiB(this.process.pid);
    if (now !== null) this.memory.push(now);
  }

  /** Ends in order, and starts with no camera: what is in the outbox goes up, and nothing new comes. */
  async startBlind(): Promise<void> {
    await this.stop();
    this.process = this.newProcess(false);
    this.isStopping = false;
    this.start();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.process.stop(15_000);
  }

  /** Looks into the door's own store. */
  position(): StorePosition {
    const database = new DatabaseSync(join(this.disk.path, 'agent.db'), { readOnly: true });
    try {
      const meta = (key: string): string =>
        (database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string }).value;
      const { pending } = database.prepare('SELECT count(*) AS pending FROM outbox').get() as {
        pending: number;
      };
      return { epoch: meta('epoch'), lastSequence: Number(meta('last_sequence')), pending };
    } finally {
      database.close();
    }
  }

  private get clockFile(): string {
    return join(this.options.directory, 'clock');
  }

  private ended(): void {
    this.tally.cut();
    this.unexpected += 1;
    if (this.isStopping) return;
    this.memory.length = 0;
    // As a supervisor would, and not at once where it cannot start.
    setTimeout(() => !this.isStopping && this.start(), RESTART_AFTER_MS);
  }

  private newProcess(hasCamera: boolean): ManagedProcess {
    const { name, token, serverUrl, video, directory } = this.options;
    return new ManagedProcess({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', AGENT_MAIN],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        MUNJIGI_MODELS: process.env.MUNJIGI_MODELS,
        NODE_ENV: 'production',
        MUNJIGI_SERVER_URL: serverUrl,
        MUNJIGI_AGENT_TOKEN: token,
        MUNJIGI_DATA: this.disk.path,
        MUNJIGI_DISK_LOW_MIB: this.disk.isOwn ? String(DISK_LOW_MIB) : undefined,
        MUNJIGI_CLOCK_FILE: this.clockFile,
        ...(hasCamera ? { MUNJIGI_VIDEO: video, MUNJIGI_VIDEO_LOOP: 'true' } : {}),
        MUNJIGI_FRAMES_PER_SECOND_MAX: '5',
      },
      logFile: join(directory, 'agent.log'),
      onOutput: (text) => this.tally.read(text),
    });
  }
}
