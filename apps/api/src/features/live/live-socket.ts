import type { LiveDoor, LiveEvent, liveFrameSchema } from '@munjigi/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import type { LiveSignals } from '../../platform/realtime/live-bus';
import type { SignedIn } from '../../platform/auth/session-store';

/** What the server says to a console. */
export interface ServerToConsole {
  frame: (message: z.input<typeof liveFrameSchema>) => void;
  event: (message: LiveEvent) => void;
  door: (message: LiveDoor) => void;
}

/** What is known of a console's connection. */
export interface LiveSocketData {
  /** Who it is; set before the connection exists. */
  signedIn: SignedIn;
  expiry?: NodeJS.Timeout;
}

/** What processes say to one another. */
export interface ServerToServer {
  signal: (kind: 'events' | 'door', signal: LiveSignals['events'] | LiveSignals['door']) => void;
}

export type LiveSocket = Socket<DefaultEventsMap, ServerToConsole, ServerToServer, LiveSocketData>;
export type LiveNamespace = Namespace<DefaultEventsMap, ServerToConsole, ServerToServer, LiveSocketData>;
