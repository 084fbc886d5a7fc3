import type { LiveAlarm, LiveDoor, LiveDoorEvent, LiveEvent, liveFrameSchema } from '@munjigi/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import type { LiveSignals } from '../../platform/realtime/live-bus';
import type { SignedIn } from '../../platform/auth/session-store';

/** What the server says to a console. */
export interface ServerToConsole {
  frame: (message: z.input<typeof liveFrameSchema>) => void;
  event: (message: LiveEvent) => void;
  'door-event': (message: LiveDoorEvent) => void;
  alarm: (message: LiveAlarm) => void;
  door: (message: LiveDoor) => void;
}

/** What is known of a console's connection. */
export interface LiveSocketData {
  /** Who it is; set before the connection exists. */
  signedIn: SignedIn;
  expiry?: NodeJS.Timeout;
  /** Counts what the console said that it watches. */
  watchTurn?: number;
}

/** What every process tells the consoles that are connected to it, wherever it happened. */
export type SharedSignal = 'events' | 'doorEvents' | 'alarm' | 'door';

/** What processes say to one another. */
export interface ServerToServer {
  signal: (kind: SharedSignal, signal: LiveSignals[SharedSignal]) => void;
}

export type LiveSocket = Socket<DefaultEventsMap, ServerToConsole, ServerToServer, LiveSocketData>;
export type LiveNamespace = Namespace<DefaultEventsMap, ServerToConsole, ServerToServer, LiveSocketData>;
