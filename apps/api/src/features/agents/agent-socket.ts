import type {
  CaptureAnswer,
  CaptureRequest,
  Challenge,
  KeysRenew,
  DoorCommandAnswer,
  DoorCommandMessage,
  PeopleRevoke,
  LocalCapturesRequest,
  LocalPeopleAnswer,
  LocalPeopleRequest,
  LocalSettle,
  LocalSettleAnswer,
  PreviewWatch,
  SyncChanged,
  SyncCompare,
  WhereaboutsTold,
} from '@munjigi/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';

/** What the server says to an agent. */
export interface ServerToAgent {
  challenge: (message: Challenge) => void;
  'keys.renew': (message: KeysRenew) => void;
  'sync.changed': (message: SyncChanged) => void;
  'people.revoke': (message: PeopleRevoke) => void;
  'sync.compare': (message: SyncCompare) => void;
  'whereabouts.told': (message: WhereaboutsTold) => void;
  'preview.watch': (message: PreviewWatch) => void;
  'capture.request': (message: CaptureRequest, answer: (answer: CaptureAnswer) => void) => void;
  'local.people': (message: LocalPeopleRequest, answer: (answer: LocalPeopleAnswer) => void) => void;
  'local.captures': (message: LocalCapturesRequest, answer: (answer: CaptureAnswer) => void) => void;
  'local.settle': (message: LocalSettle, answer: (answer: LocalSettleAnswer) => void) => void;
  'door.command': (message: DoorCommandMessage, answer: (answer: DoorCommandAnswer) => void) => void;
}

/** What is known of an agent's connection. */
export interface AgentSocketData {
  /** The door that the agent is of; set before the connection exists by a token, and by the proof of a key. */
  doorId?: string;
  /** Of the key that the agent named. */
  fingerprint?: string;
  /** What is to be signed; gone once something was tried. */
  challenge?: { readonly nonce: string; readonly serverId: string };
  proofTimer?: NodeJS.Timeout;
  /** Of the token that the agent came with. */
  tokenDigest?: Buffer;
  /** Set by hello: the model that the agent compares with. */
  modelId?: string;
  /** Set by hello: what the agent understands beside its protocol version. */
  capabilities: readonly string[];
  /** Set by hello: the outbox that the agent announced. */
  epoch?: string;
  /** Set by hello and by every pull: the change up to which the agent has all. */
  appliedRevision?: number;
  /** Up to which revision the agent, which began with nothing, can hold nothing that is gone since. */
  emptyThrough: number;
  /** How far the agent's wall clock is from ours, as it was noted last, ms. */
  clockOffsetMs?: number;
  /** Whether events of this connection were stored yet; its first are the oldest that the agent has. */
  pushed: boolean;
  /** Batches that are being stored. */
  pushing: number;
  /** Batches of one connection are stored one after the other, in the order in which they came. */
  recording: Promise<unknown>;
}

export type AgentSocket = Socket<DefaultEventsMap, ServerToAgent, DefaultEventsMap, AgentSocketData>;
export type AgentNamespace = Namespace<DefaultEventsMap, ServerToAgent, DefaultEventsMap, AgentSocketData>;

/** The door of a connection that has shown whose it is. @throws when it has not */
export function doorOf(socket: AgentSocket): string {
  const { doorId } = socket.data;
  if (doorId === undefined) throw new Error('The connection belongs to no door yet.');
  return doorId;
}
