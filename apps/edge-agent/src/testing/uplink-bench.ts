import type { CommandReport, DoorState } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { systemClock } from '../adapters/clock/system-clock';
import { openStore, type DoorStore } from '../adapters/store/open-store';
import type { Clock } from '../ports/clock';
import type { UplinkUser } from '../ports/uplink-user';
import { SocketUplink, type UplinkTimes } from '../sync/socket-uplink';
import { TargetState } from '../sync/target-state';
import { embeddingOf } from './drafts';
import { InTestServer } from './in-test-server';
import { readableLog } from './log-lines';
import { NO_LOCAL_PEOPLE } from './no-local-people';
import { until } from './until';

/** The model of the door, with small templates. */
export const BENCH_MODEL = { modelId: 'mobilefacenet-192', dimension: 192 };
/** Somebody, as the feed tells of them. */
export const KIM = { kind: 'person.put' as const, person: { id: uuidV7(), name: '김민지' } };
/** Their template, in no transform. */
export const KIM_TEMPLATE = {
  kind: 'template.put' as const,
  template: {
    ...{ id: uuidV7(), personId: KIM.person.id, modelId: BENCH_MODEL.modelId },
    embedding: new Uint8Array(embeddingOf(1).buffer),
  },
};
/** What became of a command. */
export const REPORT = {
  ...{ commandId: uuidV7() as CommandReport['commandId'], state: 'refused', refusal: 'late' },
  ...{ detail: null, unlockMs: null, diagnostics: null },
} as const satisfies CommandReport;

const TIMES = {
  retry: { baseMs: 20, capMs: 50 },
  refusedRetry: { baseMs: 50, capMs: 100 },
  connectTimeoutMs: 2000,
  answerTimeoutMs: 200,
};

/** An uplink with a real store, and a server in this process that does as a test tells it. */
export class UplinkBench {
  server = new InTestServer();
  readonly logged = readableLog();
  readonly store: DoorStore;
  target!: TargetState;
  uplink!: SocketUplink;
  /** Leases of watching that came, and null for each end. */
  readonly watched: unknown[] = [];
  /** Where people are, as it was told. */
  readonly learnt: unknown[] = [];
  /** Reports that the server has not confirmed. */
  untold: CommandReport[] = [];
  /** How the door is. */
  state: Omit<DoorState, 'v'> = {
    ...{
      lock: 'locked',
      cameraFault: null,
      cameraFaultKind: null,
      condition: null,
      disk: null,
      health: null,
    },
  };

  /** The door's clocks. */
  clock: Clock = systemClock;

  private constructor(readonly directory: string) {
    this.store = openStore({ directory, modelId: BENCH_MODEL.modelId });
  }

  /** @param directory an empty one, for the store */
  static async start(directory: string): Promise<UplinkBench> {
    const bench = new UplinkBench(directory);
    await bench.server.start();
    bench.begin();
    return bench;
  }

  /** Makes the door's state and uplink anew, as a restart does; the uplink is not started. */
  begin({ token, times = TIMES }: { token?: () => string; times?: Partial<UplinkTimes> } = {}): void {
    const { store, server, logged } = this;
    this.target = new TargetState({ store: store.state, model: BENCH_MODEL, log: logged.log });
    this.target.load();
    this.uplink = new SocketUplink({
      ...{ serverUrl: server.url, agentVersion: '0.1.0', modelId: BENCH_MODEL.modelId, times },
      token: () => Promise.resolve(token?.() ?? server.token),
      ...{ clock: this.clock, log: logged.log, events: store.events, target: this.target },
      pictures: store.pictures,
      user: this.#user(),
    });
  }

  linked(): Promise<unknown> {
    return until(() => this.server.doorStates.length > 0, { what: 'the link' });
  }

  /** Ends all. @throws when the door sent what does not fit its schema */
  async close(): Promise<void> {
    await this.uplink.stop();
    await this.server.stop();
    this.store.close();
    if (this.server.violations.length > 0) throw new Error(JSON.stringify(this.server.violations));
  }

  #user(): UplinkUser {
    return {
      doorState: () => this.state,
      commands: {
        take: ({ commandId }) => ({ ...REPORT, commandId }),
        untold: () => this.untold,
        told: (report) => (this.untold = this.untold.filter((each) => each !== report)),
      },
      captures: (trackId) => ({ ok: false, error: { code: 'capture/track-gone', message: trackId } }),
      local: NO_LOCAL_PEOPLE,
      preview: (watch) => this.watched.push(watch),
      whereabouts: (told) => this.learnt.push(told),
    };
  }
}
