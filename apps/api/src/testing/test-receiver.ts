import { createServer, type IncomingMessage, type ServerResponse, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** How a receiver answers; what never ends the response hangs. */
export type Answering = (res: ServerResponse, request: Received) => void;

/** Answers with a status and a text. */
export const answer =
  (status: number, text = '', headers: Record<string, string> = {}): Answering =>
  (res) => {
    res.writeHead(status, headers).end(text);
  };

/** Somebody's HTTP server on this machine, that webhooks are sent to. */
export class TestReceiver {
  /** Every request so far, oldest first. */
  readonly received: Received[] = [];

  private constructor(
    private readonly server: Server,
    /** How it answers from now on. */
    public answering: Answering,
  ) {}

  static async start(answering: Answering = answer(204)): Promise<TestReceiver> {
    const server = createServer();
    const receiver = new TestReceiver(server, answering);
    server.on('request', (req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const request = { path: req.url ?? '', headers: req.headers, body };
        receiver.received.push(request);
        receiver.answering(res, request);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** @param path with its slash */
  url(path = '/'): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Ends at once, whatever is under way. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
