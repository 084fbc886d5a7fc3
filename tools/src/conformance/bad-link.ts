import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Random } from '../seed/random';

/** How bad a link is. */
export interface BadLinkOptions {
  readonly bitsPerSecond: number;
  /** Each way. */
  readonly delayMs: number;
  /** Of segments, 0 to 1: each costs the time that TCP takes to notice, and holds up what is behind it. */
  readonly loss: number;
  readonly seed: number;
}

const SEGMENT_BYTES = 1_400;
/** So much is under way or waits at most, as in the buffers of a small router. */
const WAITING_BYTES_MAX = 64 * 1024;

/** A link of a rate, a delay and losses, as TCP shows it to whoever uses it: slow, late, and in order. */
export class BadLink {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #random: Random;
  /** Bytes that went through, both ways. */
  carriedBytes = 0;

  constructor(
    private readonly options: BadLinkOptions,
    target: () => URL,
  ) {
    this.#random = new Random(options.seed);
    this.#server = createServer((near) => {
      const { hostname, port } = target();
      const far = connect({ host: hostname, port: Number(port), noDelay: true });
      near.setNoDelay(true);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        this.#carry(from, to);
        from.on('error', () => to.destroy());
        from.on('close', () => (this.#sockets.delete(from), to.destroy()));
      }
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(from: Socket, to: Socket): void {
    const { bitsPerSecond, delayMs, loss } = this.options;
    let freeAtMs = 0;
    let arrivesAtMs = 0;
    let waitingBytes = 0;
    // Timers that end in one millisecond do not end in their order: each brings whatever comes next.
    const underWay: Buffer[] = [];
    from.on('data', (data: Buffer) => {
      for (let at = 0; at < data.length; at += SEGMENT_BYTES) {
        const segment = data.subarray(at, at + SEGMENT_BYTES);
        const nowMs = performance.now();
        freeAtMs = Math.max(nowMs, freeAtMs) + (segment.length * 8_000) / bitsPerSecond;
        // Noticed after a way there and back, and sent once more.
        const againMs = this.#random.unit() < loss ? 2 * delayMs : 0;
        arrivesAtMs = Math.max(arrivesAtMs, freeAtMs + delayMs + againMs);
        waitingBytes += segment.length;
        this.carriedBytes += segment.length;
        underWay.push(segment);
        setTimeout(() => {
          const next = underWay.shift() ?? Buffer.alloc(0);
          waitingBytes -= next.length;
          if (waitingBytes < WAITING_BYTES_MAX) from.resume();
          if (to.writable) to.write(next);
        }, arrivesAtMs - nowMs);
      }
      if (waitingBytes >= WAITING_BYTES_MAX) from.pause();
    });
  }
}
