import type { CameraFaultKind, DoorCondition, DoorState, PreviewFrame } from '@munjigi/contracts';
import type { Threshold } from '../domain/threshold';

/** The door as the page shows it. */
export interface PageState {
  readonly agentVersion: string;
  readonly modelId: string;
  /** How long the agent has run, ms. */
  readonly uptimeMs: number;
  /** Frames a second that are looked at now. */
  readonly framesPerSecond: number;
  /** Frames that were dropped because newer ones came. */
  readonly framesDropped: number;
  readonly memoryBytes: number;
  readonly cameraFault: string | null;
  readonly cameraFaultKind: CameraFaultKind | null;
  readonly lock: DoorState['lock'];
  readonly condition: DoorCondition;
  /** Templates that a face is compared with. */
  readonly templateCount: number;
  readonly threshold: Threshold;
  /** Events that no server has taken yet. */
  readonly eventsWaiting: number;
  readonly server: PageServerState;
}

/** How the door stands to its server. */
export interface PageServerState {
  /** Null: there is none, and the door stands alone. */
  readonly url: string | null;
  readonly isLinked: boolean;
  /** The fingerprint of this computer's key; null where it was not paired. */
  readonly fingerprint: string | null;
}

/** What the page asks of the door. */
export interface PageUser {
  /** The door as it is now. */
  state(): PageState;
  /** Begins to hand pictures to a viewer, as many as it is worth. @returns how to end it */
  watch(viewer: (frame: PreviewFrame) => void): () => void;
}
