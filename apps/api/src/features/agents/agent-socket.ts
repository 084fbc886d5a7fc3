import type { CaptureAnswer, CaptureRequest, PreviewWatch, SyncChanged } from '@munjigi/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';

/** What the server says to an agent. */
export interface ServerToAgent {
  'sync.changed': (message: SyncChanged) => void;
  'preview.watch': (message: PreviewWatch) => void;
  'capture.request': (message: CaptureRequest, answer: (answer: CaptureAnswer) => void) => void;
}

/** What is known of an agent's connection. */
export interface AgentSocketData {
  /** The door that the token belongs to; set before the connection exists. */
  doorId: string;
  /** Set by hello: the model that the agent compares with. */
  modelId?: string;
  /** Set by hello: what the agent understands beside its protocol version. */
  capabilities: readonly string[];
  /** Set by hello: the outbox that the agent announced. */
  epoch?: string;
  /** Set by hello and by every pull: the change up to which the agent has all. */
  appliedRevision?: number;
  /** Whether events of this connection were stored yet; its first are the oldest that the agent has. */
  pushed: boolean;
  /** Batches that are being stored. */
  pushing: number;
  /** Batches of one connection are stored one after the other, in the order in which they came. */
  recording: Promise<unknown>;
  /** What it says of its door, and its leave, are noted in the order in which they came, too. */
  noting: Promise<unknown>;
}

export type AgentSocket = Socket<DefaultEventsMap, ServerToAgent, DefaultEventsMap, AgentSocketData>;
export type AgentNamespace = Namespace<DefaultEventsMap, ServerToAgent, DefaultEventsMap, AgentSocketData>;
