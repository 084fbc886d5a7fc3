import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { readFrame, withBody } from './rewrite';
import type { Direction } from './script';

/** As which other version a peer is made to look. */
export type Disguise = 'old-door' | 'new-door' | 'new-server';

interface Frame {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** One connection of a door through the proxy. */
interface Pair {
  readonly door: WebSocket;
  readonly server: WebSocket;
  /** Frames of each direction that wait for their turn. */
  readonly queues: Record<Direction, Promise<void>>;
  readonly held: Partial<Record<Direction, Frame>>;
  /** Whether the door began as one of a newer version. */
  isNewDoor: boolean;
}

/** How long a frame waits to be overtaken. */
const OVERTAKEN_MS = 60;

/**
 * A proxy of the link between one door and its server, which does to it what networks do, and more: message by message,
 * over loopback.
 */
export class FaultyProxy {
  /** How the server answered a door of a newer version. */
  readonly newDoorAnswers: Record<string, unknown>[] = [];
  /** When the commands that were made to be late expire, ms since 1970. */
  readonly expiries = new Map<string, number>();
  disguise: Disguise | null = null;
  /** Nothing is carried, and nobody is told. */
  isStalled = false;
  /** Commands to come expire so soon, and are held up so long. */
  late: { readonly expiresInMs: number; readonly heldMs: number } | null = null;
  readonly #delayMs: Record<Direction, number> = { up: 0, down: 0 };
  readonly #armed: Record<Direction, Set<'duplicate' | 'reorder' | 'corrupt'>> = {
    up: new Set(),
    down: new Set(),
  };
  readonly #pairs = new Set<Pair>();
  /** Ends of half-open connections that the server was not told of. */
  readonly #abandoned = new Set<WebSocket>();
  readonly #http: Server = createServer();
  readonly #sockets = new WebSocketServer({ server: this.#http, perMessageDeflate: false });

  /** @param upstream the server's address now, `http://…` */
  constructor(private readonly upstream: () => string) {
    this.#sockets.on('connection', (door, request) => this.#pair(door, request.url ?? '/'));
  }

  /** @returns its address, which a door takes for the server's */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** The next frame of a direction is sent twice, overtaken by another, or damaged. */
  arm(fault: 'duplicate' | 'reorder' | 'corrupt', direction: Direction): void {
    this.#armed[direction].add(fault);
  }

  delay(direction: Direction, byMs: number): void {
    this.#delayMs[direction] = byMs;
  }

  /** Ends all connections at both ends, without a word. */
  cut(): void {
    for (const { door, server } of this.#pairs) {
      door.terminate();
      server.terminate();
    }
  }

  /** Ends all connections at the door alone: the server goes on believing in them. */
  abandon(): void {
    for (const { door, server } of this.#pairs) {
      this.#abandoned.add(server);
      door.terminate();
    }
  }

  /** Does nothing to the link from now on. */
  heal(): void {
    this.disguise = null;
    this.isStalled = false;
    this.late = null;
    for (const direction of ['up', 'down'] as const) {
      this.#delayMs[direction] = 0;
      this.#armed[direction].clear();
    }
  }

  async close(): Promise<void> {
    this.cut();
    for (const server of this.#abandoned) server.terminate();
    this.#sockets.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #pair(door: WebSocket, path: string): void {
    const url = this.upstream().replace(/^http/, 'ws') + path;
    const server = new WebSocket(url, { perMessageDeflate: false });
    const opened = new Promise<void>((resolve) => server.once('open', () => resolve()));
    const pair: Pair = {
      door,
      server,
      queues: { up: opened, down: Promise.resolve() },
      held: {},
      isNewDoor: false,
    };
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      door.terminate();
      if (!this.#abandoned.has(server)) server.terminate();
    };
    for (const socket of [door, server]) socket.on('close', end).on('error', end);
    door.on('message', (data, isBinary) => this.#take(pair, 'up', { data: bytesOf(data), isBinary }));
    server.on('message', (data, isBinary) => this.#take(pair, 'down', { data: bytesOf(data), isBinary }));
  }

  /** Frames of one direction are carried in their order, but for those that are meant not to be. */
  #take(pair: Pair, direction: Direction, frame: Frame): void {
    if (this.isStalled) return;
    const dressed = this.#dress(pair, frame, direction);
    const waitMs = this.#delayMs[direction] + (dressed.heldMs ?? 0);
    const turn = pair.queues[direction].then(() => (waitMs > 0 ? pause(waitMs) : undefined));
    pair.queues[direction] = turn.then(() => this.#carry(pair, direction, dressed));
  }

  #carry(pair: Pair, direction: Direction, frame: Frame): void {
    const armed = this.#armed[direction];
    const { held } = pair;
    if (armed.delete('reorder') && !held[direction]) {
      held[direction] = frame;
      setTimeout(() => this.#release(pair, direction), OVERTAKEN_MS);
      return;
    }
    send(pair, direction, !frame.isBinary && armed.delete('corrupt') ? damaged(frame) : frame);
    if (armed.delete('duplicate')) send(pair, direction, frame);
    this.#release(pair, direction);
  }

  #release(pair: Pair, direction: Direction): void {
    const frame = pair.held[direction];
    delete pair.held[direction];
    if (frame) send(pair, direction, frame);
  }

  #dress(pair: Pair, frame: Frame, direction: Direction): Frame & { heldMs?: number } {
    if (frame.isBinary) return frame;
    const text = frame.data.toString();
    const message = readFrame(text);
    if (!message) return frame;
    const { name, body } = message;
    const as = (changed: object) => ({ data: Buffer.from(withBody(text, changed)), isBinary: false });
    const { late, disguise } = this;
    if (name === 'door.command') {
      const commandId = String(body.commandId);
      if (late) this.expiries.set(commandId, Date.now() + late.expiresInMs);
      this.late = null;
      // Told again, it is as late as before.
      const expiresAtMs = this.expiries.get(commandId);
      if (expiresAtMs === undefined) return frame;
      return { ...as({ ...body, expiresAt: new Date(expiresAtMs).toISOString() }), heldMs: late?.heldMs };
    }
    if (disguise === 'old-door' && name === 'hello' && direction === 'up') {
      const { capabilities: _capabilities, protocol: _protocol, ...older } = body;
      return as(older);
    }
    if (disguise === 'new-door' && direction === 'up' && 'v' in body) {
      pair.isNewDoor ||= name === 'prove' || name === 'hello';
      return as({ ...body, v: 2, protocol: { min: 2, max: 3 }, future: 'yes' });
    }
    const isAnswered = 'error' in body || 'acknowledgedSequence' in body;
    // What the door asked before it was disguised is answered as it was asked.
    if (disguise === 'new-door' && pair.isNewDoor && direction === 'down' && isAnswered)
      this.newDoorAnswers.push(body);
    if (disguise === 'new-server' && direction === 'down') return as({ ...body, future: { is: 'bright' } });
    return frame;
  }
}

function send({ door, server }: Pair, direction: Direction, { data, isBinary }: Frame): void {
  const to = direction === 'up' ? server : door;
  if (to.readyState === WebSocket.OPEN) to.send(data, { binary: isBinary });
}

/** Text that is none any more. */
function damaged({ data }: Frame): Frame {
  const copy = Buffer.from(data);
  const at = Math.floor(copy.length / 2);
  if (copy.length > 0) copy[at] = (copy[at] as number) ^ 0x80;
  return { data: copy, isBinary: false };
}

function bytesOf(data: RawData): Buffer {
  return Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
