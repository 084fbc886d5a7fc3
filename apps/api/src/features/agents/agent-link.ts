import { Injectable } from '@nestjs/common';
import {
  AGENT_PROTOCOL_VERSION,
  captureAnswerSchema,
  doorCommandAnswerSchema,
  type CaptureAnswer,
  type CaptureRequest,
  type DoorCommandAnswer,
  type DoorCommandMessage,
  type PeopleRevoke,
  localPeopleAnswerSchema,
  localSettleAnswerSchema,
  type LocalPersonAtDoor,
  type PersonId,
  type PreviewWatch,
  type TrackId,
  type WhereaboutsTold,
} from '@munjigi/contracts';
import type { z } from 'zod';
import { AppError } from '../../platform/errors/app-error';
import { issuesOf } from '../../platform/errors/to-app-error';
import { doorOf, type AgentNamespace, type AgentSocket } from './agent-socket';

/** How long a person who clicked waits for the door. */
const ANSWER_TIMEOUT_MS = 8_000;

type ArrivalListener = (doorId: string) => void;

/** In it are the agents that have said hello. */
const GREETED = 'greeted';

/**
 * The server's end of the connections to agents: one for each door, the newest. A door whose agent is connected to
 * another process is reached through the sockets' adapter.
 */
@Injectable()
export class AgentLink {
  private namespace?: AgentNamespace;
  private readonly sockets = new Map<string, AgentSocket>();
  private readonly arrivalListeners = new Set<ArrivalListener>();

  /** Takes the namespace that agents connect to, once it exists. */
  attach(namespace: AgentNamespace): void {
    this.namespace = namespace;
  }

  /** The doors whose agents have said hello to this process. */
  get greeted(): string[] {
    return [...this.sockets.values()].filter(isGreeted).map(doorOf);
  }

  /** Up to where each of them has said that it has all changes. */
  get appliedRevisions(): number[] {
    return [...this.sockets.values()].flatMap((socket) => socket.data.appliedRevision ?? []);
  }

  /** Takes a new connection; an older one of the same door, at whatever process, is ended. */
  async claim(socket: AgentSocket): Promise<void> {
    const doorId = doorOf(socket);
    const older = this.sockets.get(doorId);
    this.sockets.set(doorId, socket);
    older?.disconnect(true);
    this.namespace?.in(connectedRoom(doorId)).except(socket.id).disconnectSockets(true);
    await socket.join(connectedRoom(doorId));
  }

  /** The agent has said hello: from now on the door is online. */
  async greet(socket: AgentSocket): Promise<void> {
    const doorId = doorOf(socket);
    if (this.sockets.get(doorId) !== socket) return;
    await socket.join([GREETED, greetedRoom(doorId)]);
    for (const listener of this.arrivalListeners) listener(doorId);
  }

  /** @returns whether it was the door's live connection here, so that the door is offline now. */
  release(socket: AgentSocket): boolean {
    const { doorId } = socket.data;
    if (doorId === undefined || this.sockets.get(doorId) !== socket) return false;
    this.sockets.delete(doorId);
    return true;
  }

  /** Whether an agent of the door is connected to this process. */
  holds(doorId: string): boolean {
    return this.sockets.has(doorId);
  }

  /** Ends a door's connection, if there is one. */
  disconnect(doorId: string): void {
    this.namespace?.in(connectedRoom(doorId)).disconnectSockets(true);
  }

  /** Calls `listener` with each door whose agent has said hello here. @returns how to stop it. */
  onArrival(listener: ArrivalListener): () => void {
    this.arrivalListeners.add(listener);
    return () => this.arrivalListeners.delete(listener);
  }

  /** Tells every agent that there is something to pull. */
  announceHead(desiredRevision: number): void {
    this.namespace?.to(GREETED).emit('sync.changed', { v: AGENT_PROTOCOL_VERSION, desiredRevision });
  }

  /** Asks a door's device for a new key; nothing happens when it is offline. */
  renewKey(doorId: string): void {
    this.namespace?.to(greetedRoom(doorId)).emit('keys.renew', { v: AGENT_PROTOCOL_VERSION });
  }

  /** Asks a door to compare what it holds with what it should; nothing happens when it is offline. */
  compareState(doorId: string): void {
    this.namespace?.to(greetedRoom(doorId)).emit('sync.compare', { v: AGENT_PROTOCOL_VERSION });
  }

  /** Tells every agent, or that of one door, whom it must not let in any longer. */
  revoke(message: PeopleRevoke, doorId?: string): void {
    this.namespace?.to(doorId === undefined ? GREETED : greetedRoom(doorId)).emit('people.revoke', message);
  }

  /** Tells one agent. */
  revokeAt(socket: AgentSocket, message: PeopleRevoke): void {
    socket.emit('people.revoke', message);
  }

  /** Tells doors what others told of who passed; nothing happens at those that are offline. */
  tellWhereabouts(doorIds: readonly string[], told: Omit<WhereaboutsTold, 'v'>): void {
    const rooms = doorIds.map(greetedRoom);
    this.namespace?.to(rooms).emit('whereabouts.told', { v: AGENT_PROTOCOL_VERSION, ...told });
  }

  /** Asks a door for pictures; nothing happens when it is offline. */
  watch(doorId: string, lease: Omit<PreviewWatch, 'v'>): void {
    this.namespace?.to(greetedRoom(doorId)).emit('preview.watch', { v: AGENT_PROTOCOL_VERSION, ...lease });
  }

  /**
   * The best pictures of a track's face, best first.
   *
   * @throws {AppError} `enrolment/door-offline`, `enrolment/track-gone`, or `agent/invalid-answer`
   */
  async capture(doorId: string, trackId: TrackId): Promise<Uint8Array[]> {
    const request: CaptureRequest = { v: AGENT_PROTOCOL_VERSION, trackId };
    return capturesOf(await this.answered(doorId, ['capture.request', request], captureAnswerSchema));
  }

  /** Who was registered at a door itself. @throws {AppError} `enrolment/door-offline`, `agent/invalid-answer` */
  async localPeople(doorId: string): Promise<LocalPersonAtDoor[]> {
    const request = { v: AGENT_PROTOCOL_VERSION } as const;
    const answer = await this.answered(doorId, ['local.people', request], localPeopleAnswerSchema);
    return answer.ok ? answer.people : [];
  }

  /** The pictures of somebody who was registered at a door itself. @throws {AppError} as `capture` */
  async localCaptures(doorId: string, personId: PersonId): Promise<Uint8Array[]> {
    const request = { v: AGENT_PROTOCOL_VERSION, personId } as const;
    return capturesOf(await this.answered(doorId, ['local.captures', request], captureAnswerSchema));
  }

  /** Makes a door forget its own of somebody. @throws {AppError} `enrolment/door-offline`, `agent/invalid-answer` */
  async settleLocal(doorId: string, personId: PersonId): Promise<void> {
    const request = { v: AGENT_PROTOCOL_VERSION, personId } as const;
    await this.answered(doorId, ['local.settle', request], localSettleAnswerSchema);
  }

  /**
   * Tells a door to do something once.
   *
   * @returns what the door says has become of it
   * @throws when it says nothing, or nothing that can be understood
   */
  async command(doorId: string, message: Omit<DoorCommandMessage, 'v'>): Promise<DoorCommandAnswer> {
    return doorCommandAnswerSchema.parse(
      await this.ask(doorId, 'door.command', { v: AGENT_PROTOCOL_VERSION, ...message }),
    );
  }

  private async answered<S extends z.ZodType>(
    doorId: string,
    [event, request]: readonly [Question, object],
    schema: S,
  ): Promise<z.output<S>> {
    const answer = await this.ask(doorId, event, request).catch((cause: unknown) => {
      throw doorOffline(cause);
    });
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new AppError('internal', 'agent/invalid-answer', 'The door’s answer could not be understood.', {
      issues: issuesOf(parsed.error),
    });
  }

  /** Asks an agent, wherever it is connected. @throws when no answer comes in time */
  private ask(doorId: string, event: Question, request: object): Promise<unknown> {
    const socket = this.sockets.get(doorId);
    return socket && isGreeted(socket)
      ? askSocket(socket, event, request)
      : this.askElsewhere(greetedRoom(doorId), event, request);
  }

  /** Asks an agent that is connected to another process, if there is one. */
  private async askElsewhere(room: string, event: Question, request: object): Promise<unknown> {
    const answers: unknown = await this.namespace
      ?.to(room)
      .timeout(ANSWER_TIMEOUT_MS)
      .emitWithAck(event, request as never);
    const [answer] = Array.isArray(answers) ? (answers as unknown[]) : [];
    if (answer === undefined) throw new Error('no agent of this door is connected');
    return answer;
  }
}

/** What is asked of an agent. */
type Question = 'capture.request' | 'door.command' | 'local.people' | 'local.captures' | 'local.settle';

function isGreeted(socket: AgentSocket): boolean {
  return socket.data.modelId !== undefined;
}

function connectedRoom(doorId: string): string {
  return `connected:${doorId}`;
}

function greetedRoom(doorId: string): string {
  return `greeted:${doorId}`;
}

/** Waits no longer than the connection lasts. */
async function askSocket(socket: AgentSocket, event: Question, request: object): Promise<unknown> {
  let leave: (reason: string) => void = () => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = (reason) => reject(new Error(`the agent left: ${reason}`));
    socket.once('disconnect', leave);
  });
  const asked = socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, request as never);
  try {
    return await Promise.race([asked, left]);
  } catch (cause) {
    asked.catch(() => undefined);
    throw cause;
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
