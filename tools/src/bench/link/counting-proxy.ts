import { connect, createServer, type AddressInfo, type Server } from 'node:net';

/** Passes connections on to a server of this machine and counts the bytes. */
export class CountingProxy {
  /** From the server to its clients. */
  down = 0;
  up = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(url: string): Promise<CountingProxy> {
    const { port } = new URL(url);
    const counted: { proxy?: CountingProxy } = {};
    const server = createServer((client) => {
      const upstream = connect(Number(port), '127.0.0.1');
      client.on('data', (chunk) => (counted.proxy!.up += chunk.length));
      upstream.on('data', (chunk) => (counted.proxy!.down += chunk.length));
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) {
        socket.on('error', () => (client.destroy(), upstream.destroy()));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port: own } = server.address() as AddressInfo;
    return (counted.proxy = new CountingProxy(server, `http://127.0.0.1:${own}`));
  }

  close(): void {
    this.server.close();
  }
}
