import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Passes connections on to a server of this machine, until it is shut: then it ends them all and takes none. */
export class GateProxy {
  /** Connections that were begun since it was last opened. */
  attempts = 0;
  private isOpen = true;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(url: string): Promise<GateProxy> {
    const port = Number(new URL(url).port);
    const made: { proxy?: GateProxy } = {};
    const server = createServer((client) => made.proxy?.take(client, port));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port: own } = server.address() as AddressInfo;
    return (made.proxy = new GateProxy(server, `http://127.0.0.1:${own}`));
  }

  shut(): void {
    this.isOpen = false;
    for (const socket of this.sockets) socket.destroy();
  }

  open(): void {
    this.attempts = 0;
    this.isOpen = true;
  }

  close(): void {
    this.shut();
    this.server.close();
  }

  private take(client: Socket, port: number): void {
    if (!this.isOpen) {
      client.destroy();
      return;
    }
    this.attempts++;
    const upstream = connect(port, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  }
}
