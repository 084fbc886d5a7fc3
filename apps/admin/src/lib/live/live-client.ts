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
  #isWanted = false;
  #socket: Socket | undefined;
  #made: Promise<Socket> | undefined;

  /** @param makeSocket gives one of the `/live` namespace with `autoConnect: false`, owned by this client from then on */
  constructor(private readonly makeSocket: () => Promise<Socket>) {}

  get status(): LiveStatus {
    return this.#status;
  }

  start(): void {
    this.#isWanted = true;
    void this.#connect();
  }

  stop(): void {
    this.#isWanted = false;
    clearTimeout(this.#retryTimer);
    this.#socket?.disconnect();
    this.#setStatus('connecting');
  }

  /** Tries to connect now instead of when the back-off ends. */
  retryNow(): void {
    clearTimeout(this.#retryTimer);
    if (this.#socket?.connected) return;
    this.#socket?.disconnect();
    void this.#connect();
  }

  /** The doors whose pictures are wanted, in place of those before; asked for again after each reconnection. */
  watch(doorIds: readonly DoorId[]): void {
    this.#watched = doorIds;
    if (this.#socket?.connected) this.#sendWatch();
  }

  /** Connects; the socket itself is made the first time, and its code may be out of reach as the server may. */
  async #connect(): Promise<void> {
    try {
      this.#made ??= this.makeSocket().then((socket) => this.#listen(socket));
      this.#socket = await this.#made;
    } catch {
      this.#made = undefined;
      this.#setStatus('lost');
      return this.#retryLater();
    }
    if (this.#isWanted) this.#socket.connect();
  }

  #listen(socket: Socket): Socket {
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', (reason) => {
      this.#setStatus('lost');
      // The library reconnects by itself except where the server hung up.
      if (reason === 'io server disconnect') this.#retryLater();
    });
    socket.on('connect_error', (error) => this.#refused(error.message));
    this.#hear(socket, 'frame', 'liveFrameSchema', (frame) => this.frames.put(frame, performance.now()));
    this.#hear(socket, 'event', 'liveEventSchema', ({ event }) => this.events.emit(event));
    this.#hear(socket, 'door', 'liveDoorSchema', ({ door }) => this.doors.emit(door));
    this.#hear(socket, 'alarm', 'liveAlarmSchema', ({ alarm }) => this.alarms.emit(alarm));
    return socket;
  }

  #hear<N extends SchemaName>(
    socket: Socket,
    name: string,
    schema: N,
    take: (message: Answer<N>) => void,
  ): void {
    socket.on(name, (message: unknown) => {
      if ((message as { v?: unknown } | null)?.v !== LIVE_PROTOCOL_VERSION) return;
      void readAnswer(schema, message).then((read) => read !== null && take(read));
    });
  }

  #sendWatch(): void {
    const message: LiveWatch = { v: LIVE_PROTOCOL_VERSION, doorIds: [...this.#watched] };
    this.#socket?.emit('watch', message, () => undefined);
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
      this.#socket?.disconnect();
      this.#setStatus('signed-out');
      return;
    }
    this.#setStatus('lost');
    if (!this.#socket?.active) this.#retryLater();
  }

  #retryLater(): void {
    const capMs = Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** this.#refusals++);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.#connect(), Math.random() * capMs);
  }

  #setStatus(status: LiveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    if (status !== 'connected') this.frames.clear();
    this.statusChanged.emit(status);
  }
}
