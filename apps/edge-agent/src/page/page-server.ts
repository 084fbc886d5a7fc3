import { createServer, type Server } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import type { LiveStream } from './live-stream';
import { pageApp } from './page-app';
import type { PageUser } from './page-user';
import type { SignIn } from './sign-in';

/** Where the page is, and what it shows. */
export interface PageServerOptions {
  readonly address: string;
  /** 0: one that is free. */
  readonly port: number;
  readonly user: PageUser;
  readonly signIn: SignIn;
  readonly log: Logger;
}

/**
 * The page of this computer. A page that cannot be served is told of in the log, and keeps no door from deciding.
 */
export class PageServer {
  readonly #options: PageServerOptions;
  readonly #streams = new Set<LiveStream>();
  readonly #server: Server;

  constructor(options: PageServerOptions) {
    this.#options = options;
    const { user, signIn, log } = options;
    const onStream = (stream: LiveStream, ended: Promise<void>): void => {
      this.#streams.add(stream);
      void ended.then(() => this.#streams.delete(stream));
    };
    this.#server = createServer({ requestTimeout: 30_000 }, pageApp({ user, signIn, log, onStream }));
    this.#server.maxConnections = 64;
  }

  /** Its address, once it is started; null: it is not served. */
  get url(): string | null {
    const at = this.#server.address() as AddressInfo | null;
    return at && `http://${isIPv6(at.address) ? `[${at.address}]` : at.address}:${at.port}`;
  }

  /** Begins to serve. Never rejects. */
  async start(): Promise<void> {
    const { address, port, log } = this.#options;
    await new Promise<void>((resolve) => {
      this.#server.on('error', (error) => {
        log.error({ reason: messageOf(error), address, port }, 'page cannot be served');
        resolve();
      });
      this.#server.listen(port, address, () => {
        log.info({ url: this.url }, 'page served');
        resolve();
      });
    });
  }

  /** Ends every connection. */
  async stop(): Promise<void> {
    for (const stream of this.#streams) stream.close();
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
