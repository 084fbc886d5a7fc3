import type { PreviewFrame } from '@munjigi/contracts';
import type { Uplink } from '../ports/uplink-user';
import type { SocketUplink } from './socket-uplink';

/** What a link works with. */
export interface ServerLinkOptions {
  /** The server's address; null: there is none yet, and the door stands alone. */
  readonly serverUrl: string | null;
  /** Makes the link to the server at an address; it has not begun yet. */
  readonly open: (serverUrl: string) => SocketUplink;
}

/** The link to the door's server, if it has one: a door may be given one, or another, while it runs. */
export class ServerLink implements Uplink {
  readonly #open: ServerLinkOptions['open'];
  #serverUrl: string | null;
  #uplink: SocketUplink | null = null;
  #changes: Promise<void> = Promise.resolve();
  #isRunning = false;

  constructor({ serverUrl, open }: ServerLinkOptions) {
    this.#serverUrl = serverUrl;
    this.#open = open;
  }

  /** Null: the door stands alone. */
  get serverUrl(): string | null {
    return this.#serverUrl;
  }

  get isLinked(): boolean {
    return this.#uplink?.isLinked ?? false;
  }

  /** Why the server does not let this agent in, in words; null: it does not refuse. */
  get refusal(): string | null {
    return this.#uplink?.refusal ?? null;
  }

  get clockOffsetMs(): number | null {
    return this.#uplink?.clockOffsetMs ?? null;
  }

  get clockErrorMs(): number | null {
    return this.#uplink?.clockErrorMs ?? null;
  }

  get serverMs(): number | null {
    return this.#uplink?.serverMs ?? null;
  }

  get rulesAgeMs(): number | null {
    return this.#uplink?.rulesAgeMs ?? null;
  }

  /** Begins to connect, where there is a server; returns at once. */
  start(): void {
    this.#isRunning = true;
    this.#begin();
  }

  /** Goes to this server from now on, anew even where it is the same. @returns once the link of before is gone */
  use(serverUrl: string): Promise<void> {
    this.#changes = this.#changes.then(async () => {
      const before = this.#uplink;
      this.#uplink = null;
      await before?.stop();
      this.#serverUrl = serverUrl;
      if (this.#isRunning) this.#begin();
    });
    return this.#changes;
  }

  /** Ends the link. @returns once it is gone */
  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#changes;
    await this.#uplink?.stop();
  }

  eventsWaiting(): void {
    this.#uplink?.eventsWaiting();
  }

  picturesWaiting(): void {
    this.#uplink?.picturesWaiting();
  }

  reportsWaiting(): void {
    this.#uplink?.reportsWaiting();
  }

  doorStateChanged(): void {
    this.#uplink?.doorStateChanged();
  }

  sendPreview(frame: PreviewFrame): void {
    this.#uplink?.sendPreview(frame);
  }

  #begin(): void {
    if (this.#serverUrl === null) return;
    this.#uplink = this.#open(this.#serverUrl);
    this.#uplink.start();
  }
}
