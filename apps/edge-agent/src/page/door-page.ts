import type { PreviewFrame } from '@munjigi/contracts';
import type { DoorFaults } from '../domain/door-faults';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import type { Identity } from '../ports/identity';
import type { Pipeline } from '../pipeline';
import type { DoorActuator } from '../stages/actuate';
import type { FrameMailbox } from '../stages/capture';
import type { PageState, PageUser } from './page-user';
import type { PageViewers } from './page-viewers';

/** The parts of a door that its page shows. */
export interface DoorPageOptions {
  readonly agentVersion: string;
  readonly modelId: string;
  readonly clock: Clock;
  readonly viewers: PageViewers;
  readonly faults: DoorFaults;
  readonly actuator: DoorActuator;
  readonly mailbox: FrameMailbox;
  readonly pipeline: Pipeline;
  readonly events: EventStore;
  readonly target: { readonly templateCount: number };
  readonly identity: Identity;
  readonly uplink: { readonly isLinked: boolean; readonly serverUrl: string | null };
}

/** What the page asks of the door, done by the parts that do it for everybody. */
export class DoorPage implements PageUser {
  readonly #options: DoorPageOptions;

  constructor(options: DoorPageOptions) {
    this.#options = options;
  }

  state(): PageState {
    const { actuator, agentVersion, clock, events, faults, mailbox, modelId, pipeline, target } =
      this.#options;
    return {
      ...{ agentVersion, modelId, uptimeMs: clock.monotonicMs() },
      framesPerSecond: pipeline.framesPerSecond,
      framesDropped: mailbox.dropped,
      memoryBytes: process.memoryUsage.rss(),
      ...faults.told,
      lock: actuator.lock,
      condition: actuator.condition,
      templateCount: target.templateCount,
      threshold: pipeline.threshold,
      eventsWaiting: events.waitingCount,
      server: this.#server(),
    };
  }

  watch(viewer: (frame: PreviewFrame) => void): () => void {
    return this.#options.viewers.watch(viewer);
  }

  #server(): PageState['server'] {
    const { identity, uplink } = this.#options;
    const { isLinked, serverUrl: url } = uplink;
    return { url, isLinked, fingerprint: identity.keys[0]?.fingerprint ?? null };
  }
}
