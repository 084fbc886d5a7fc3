import { Injectable } from '@nestjs/common';
import {
  AGENT_PROTOCOL_VERSION,
  captureAnswerSchema,
  type CaptureAnswer,
  type PreviewWatch,
  type TrackId,
} from '@munjigi/contracts';
import { AppError } from '../../platform/errors/app-error';
import { issuesOf } from '../../platform/errors/to-app-error';
import { DoorPresence } from '../doors/door-presence';
import type { AgentSocket } from './agent-socket';

/** How long a person who clicked waits for the door. */
const CAPTURE_TIMEOUT_MS = 8_000;

type ArrivalListener = (doorId: string) => void;

/** The server's end of the connections to agents: one for each door, the newest. */
@Injectable()
export class AgentLink {
  private readonly sockets = new Map<string, AgentSocket>();
  private readonly arrivalListeners = new Set<ArrivalListener>();

  constructor(private readonly presence: DoorPresence) {}

  /** Takes a new connection; an older one of the same door is ended. */
  claim(socket: AgentSocket): void {
    const { doorId } = socket.data;
    const older = this.sockets.get(doorId);
    this.sockets.set(doorId, socket);
    older?.disconnect(true);
  }

  /** The agent has said hello: from now on the door is online. */
  greet(socket: AgentSocket): void {
    if (this.sockets.get(socket.data.doorId) !== socket) return;
    this.presence.set(socket.data.doorId, true);
    for (const listener of this.arrivalListeners) listener(socket.data.doorId);
  }

  /** @returns whether it was the door's live connection, so that the door is offline now. */
  release(socket: AgentSocket): boolean {
    const { doorId } = socket.data;
    if (this.sockets.get(doorId) !== socket) return false;
    this.sockets.delete(doorId);
    this.presence.set(doorId, false);
    return true;
  }

  /** Ends a door's connection, if there is one. */
  disconnect(doorId: string): void {
    this.sockets.get(doorId)?.disconnect(true);
  }

  /** Calls `listener` with each door whose agent has said hello. @returns how to stop it. */
  onArrival(listener: ArrivalListener): () => void {
    this.arrivalListeners.add(listener);
    return () => this.arrivalListeners.delete(listener);
  }

  /** Tells every agent that there is something to pull. */
  announceHead(desiredRevision: number): void {
    for (const socket of this.sockets.values()) {
      if (socket.data.modelId !== undefined) {
        socket.emit('sync.changed', { v: AGENT_PROTOCOL_VERSION, desiredRevision });
      }
    }
  }

  /** Asks a door for pictures; nothing happens when it is offline. */
  watch(doorId: string, lease: Omit<PreviewWatch, 'v'>): void {
    if (!this.presence.isOnline(doorId)) return;
    this.sockets.get(doorId)?.emit('preview.watch', { v: AGENT_PROTOCOL_VERSION, ...lease });
  }

  /**
   * The best pictures of a track's face, best first.
   *
   * @throws {AppError} `enrolment/door-offline`, `enrolment/track-gone`, or `agent/invalid-answer`
   */
  async capture(doorId: string, trackId: TrackId): Promise<Uint8Array[]> {
    const socket = this.sockets.get(doorId);
    if (!socket || !this.presence.isOnline(doorId)) throw doorOffline();
    const parsed = captureAnswerSchema.safeParse(await askForCaptures(socket, trackId));
    if (!parsed.success) {
      throw new AppError('internal', 'agent/invalid-answer', 'The door’s answer could not be understood.', {
        issues: issuesOf(parsed.error),
      });
    }
    return capturesOf(parsed.data);
  }
}

/** Waits no longer than the connection lasts. */
async function askForCaptures(socket: AgentSocket, trackId: TrackId): Promise<unknown> {
  let leave: (reason: string) => void = () => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = (reason) => reject(new Error(`the agent left: ${reason}`));
    socket.once('disconnect', leave);
  });
  const asked = socket
    .timeout(CAPTURE_TIMEOUT_MS)
    .emitWithAck('capture.request', { v: AGENT_PROTOCOL_VERSION, trackId });
  try {
    return await Promise.race([asked, left]);
  } catch (cause) {
    asked.catch(() => undefined);
    throw doorOffline(cause);
  } finally {
    socket.off('disconnect', leave);
  }
}

function capturesOf(answer: CaptureAnswer): Uint8Array[] {
  if (answer.ok) return answer.captures.map((capture) => capture.jpeg);
  throw new AppError('conflict', 'enrolment/track-gone', 'The door has lost sight of this face.', {
    detail: 'Wait until the person stands before the door again, and click the face then.',
    cause: new Error(`${answer.error.code}: ${answer.error.message}`),
  });
}

function doorOffline(cause?: unknown): AppError {
  return new AppError('conflict', 'enrolment/door-offline', 'The door does not answer.', {
    detail: 'Its agent is not connected, or too slow to answer. Look at the door, and try again.',
    cause,
  });
}
