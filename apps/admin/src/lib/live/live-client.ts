import {
  type AccessEvent,
  type Alarm,
  type Door,
  type DoorId,
  LIVE_PROTOCOL_VERSION,
  type LiveRefusal,
  type LiveWatch,
} from '@munjigi/contracts';
import type { Socket } from 'socket.io-client';
import { type Answer, type SchemaName, readAnswer } from '../api/answers';
import { FrameStore } from './frame-store';
import { Listeners } from './listeners';

/** `signed-out` is final: the server refused the session. Every other state leads back to `connected`. */
export type LiveStatus = 'connecting' | 'connected' | 'lost' | 'signed-out';

const RETRY_MS = { first: 500, max: 10_000 } as const;

/**
 * The console's live feed: keeps one connection, says how it stands, and asks for pictures of the doors watched.
 *
 * Messages that do not fit their schema are dropped; the list pages still show what the server stored.
 */
export class LiveClient {
  readonly frames = new FrameStore();
  readonly events = new Listeners<AccessEvent>();
  readonly doors = new Listeners<Door>();
  /** Alarms that were raised, happened again, or were seen to. */
  readonly alarms = new Listeners<Alarm>();
  /** Called at each connection after the first: something may have been missed. */
  readonly returned = new Listeners<void>();
  readonly statusChanged = new Listeners<LiveStatus>();

  #status: LiveStatus = 'connecting';
  #watched: readonly DoorId[] = [];
  #wasConnected = false;
  #refusals = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param socket of the `/live` namespace, made with `autoConnect: false`; owned by this client from here on. */
  constructor(private readonly socket: Socket) {
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', (reason) => {
      this.#setStatus('lost');
      // The library reconnects by itself except where the server hung up.
      if (reason === 'io server disconnect') this.#retryLater();
    });
    socket.on('connect_error', (error) => this.#refused(error.message));
    this.#hear('frame', 'liveFrameSchema', (frame) => this.frames.put(frame, performance.now()));
    this.#hear('event', 'liveEventSchema', ({ event }) => this.events.emit(event));
    this.#hear('door', 'liveDoorSchema', ({ door }) => this.doors.emit(door));
    this.#hear('alarm', 'liveAlarmSchema', ({ alarm }) => this.alarms.emit(alarm));
  }

  get status(): LiveStatus {
    return this.#status;
  }

  start(): void {
    this.socket.connect();
  }

  stop(): void {
    clearTimeout(this.#retryTimer);
    this.socket.disconnect();
    this.#setStatus('connecting');
  }

  /** Tries to connect now instead of when the back-off ends. */
  retryNow(): void {
    clearTimeout(this.#retryTimer);
    if (!this.socket.connected) this.socket.disconnect().connect();
  }

  /** The doors whose pictures are wanted, in place of those before; asked for again after each reconnection. */
  watch(doorIds: readonly DoorId[]): void {
    this.#watched = doorIds;
    if (this.socket.connected) this.#sendWatch();
  }

  #hear<N extends SchemaName>(name: string, schema: N, take: (message: Answer<N>) => void): void {
    this.socket.on(name, (message: unknown) => {
      if ((message as { v?: unknown } | null)?.v !== LIVE_PROTOCOL_VERSION) return;
      void readAnswer(schema, message).then((read) => read !== null && take(read));
    });
  }

  #sendWatch(): void {
    const message: LiveWatch = { v: LIVE_PROTOCOL_VERSION, doorIds: [...this.#watched] };
    this.socket.emit('watch', message, () => undefined);
  }

  #connected(): void {
    this.#refusals = 0;
    this.#sendWatch();
    this.#setStatus('connected');
    if (this.#wasConnected) this.returned.emit();
    this.#wasConnected = true;
  }

  #refused(message: string): void {
    if (message === ('live/unauthenticated' satisfies LiveRefusal)) {
      this.socket.disconnect();
      this.#setStatus('signed-out');
      return;
    }
    this.#setStatus('lost');
    if (!this.socket.active) this.#retryLater();
  }

  #retryLater(): void {
    const capMs = Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** this.#refusals++);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.socket.connect(), Math.random() * capMs);
  }

  #setStatus(status: LiveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    if (status !== 'connected') this.frames.clear();
    this.statusChanged.emit(status);
  }
}
