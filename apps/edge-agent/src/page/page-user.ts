import type {
  AgentEvent,
  CameraFaultKind,
  CameraRequest,
  CameraView,
  DecoderUse,
  DoorCondition,
  DoorSettings,
  DoorSettingsPatch,
  DoorState,
  PreviewFrame,
  PushedEvent,
} from '@munjigi/contracts';
import type { DoorInputName } from '../ports/door-hardware';
import type { Threshold } from '../domain/threshold';
import type { KnownPerson, PersonFacts } from '../local/local-people';

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
  /** What decodes the camera's pictures; null: no camera, or pictures that are files. */
  readonly decoder: DecoderUse | null;
  readonly lock: DoorState['lock'];
  readonly condition: DoorCondition;
  /** Which inputs are active, of those that are wired; null: that cannot be told. */
  readonly inputs: Readonly<Partial<Record<DoorInputName, boolean | null>>>;
  /** Templates that a face is compared with. */
  readonly templateCount: number;
  readonly threshold: Threshold;
  /** Events that no server has taken yet. */
  readonly eventsWaiting: number;
  /** The newest of `events`; null: nothing has happened. */
  readonly lastEventId: string | null;
  readonly server: PageServerState;
}

/** Something that happened at the door. */
export interface PageEvent {
  readonly id: string;
  /** By this computer's clock. */
  readonly occurredAt: string;
  readonly kind: PushedEvent['kind'];
  /** Of a visit; null of anything else. */
  readonly access: {
    readonly outcome: AgentEvent['outcome'];
    readonly reason: AgentEvent['reason'];
    /** Null: nobody whom the door knows by now. */
    readonly personName: string | null;
    readonly similarity: number | null;
  } | null;
}

/** How the door stands to its server. */
export interface PageServerState {
  /** Null: there is none, and the door stands alone. */
  readonly url: string | null;
  readonly isLinked: boolean;
  /** Why the server does not let the door in, in words; null: it does not refuse. */
  readonly refusal: string | null;
  /** Whether the configuration names the server: then it is that and no other. */
  readonly isFixed: boolean;
  /** The fingerprint of this computer's key; null where it was not paired. */
  readonly fingerprint: string | null;
}

/** What the page asks of the door. */
export interface PageUser {
  /** The door as it is now. */
  state(): PageState;
  /** What happened of late, the newest first. */
  events(): readonly PageEvent[];
  /** Begins to hand pictures to a viewer, as many as it is worth. @returns how to end it */
  watch(viewer: (frame: PreviewFrame) => void): () => void;
  /** Everybody who was registered here. */
  people(): readonly KnownPerson[];
  /** Registers a face of the live picture. @throws {PageError} `capture/track-gone`, and as `LocalPeople.register` */
  registerTrack(trackId: string, facts: NewPerson): Promise<KnownPerson>;
  /** Registers the one face of an encoded picture. @throws {PageError} as `LocalPeople.register` */
  registerPhoto(photo: Uint8Array, facts: NewPerson): Promise<KnownPerson>;
  /** @throws {PageError} as `LocalPeople.addPhotos` */
  addPhoto(personId: string, photo: Uint8Array, isSomebodyElse: boolean): Promise<void>;
  /** A JPEG of somebody. @throws {PageError} `person/unknown` */
  photoOf(personId: string): Uint8Array;
  /** @throws {PageError} `person/unknown`, `person/dates` */
  changePerson(personId: string, facts: Partial<PersonFacts>): void;
  /** @throws {PageError} `person/unknown` */
  removePerson(personId: string): void;
  settings(): PageSettings;
  /** Sets what is named. @throws {PageError} `settings/servers` where a server says how the door is */
  changeSettings(patch: DoorSettingsPatch): void;
  camera(): PageCamera;
  /** Takes another camera; one that shows nothing leaves the last that worked. @throws {PageError} `settings/servers` */
  setCamera(request: CameraRequest): void;
  /** Unlocks once, to try the door out. @throws {PageError} `door/refused`, `door/not-recorded` */
  unlock(): void;
  /** Pairs this computer with its door at a server. @throws {PageError} `pairing/fixed-server` @throws {AgentError} as `pairDevice` */
  pair(serverUrl: string, code: string): Promise<{ readonly doorName: string; readonly fingerprint: string }>;
}

/** Which camera the door is to show. */
export interface PageCamera {
  /** Whether a server says so, and nobody here can. */
  readonly isServers: boolean;
  /** Null: nobody has said. */
  readonly settings: CameraView | null;
}

/** Somebody to be registered. */
export interface NewPerson extends PersonFacts {
  /** Somebody looked, and it is not whoever is found alike. */
  readonly isSomebodyElse: boolean;
}

/** How the door recognises and decides. */
export interface PageSettings {
  /** Whether a server says so, and nobody here can. */
  readonly isServers: boolean;
  readonly settings: DoorSettings;
  /** The similarity that is needed where nothing is set by hand. */
  readonly modelSimilarityMin: number;
}
