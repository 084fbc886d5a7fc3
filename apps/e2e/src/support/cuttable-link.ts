import { createServer, type Server, type Socket, connect } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A TCP relay to the server whose answers can be held back: what a door sends arrives, what it should hear does not.
 */
export class CuttableLink {
  private readonly sockets = new Set<Socket>();
  private holding = false;
  private readonly server: Server;
  private port = 0;

  constructor(private readonly targetPort: number) {
    this.server = createServer((door) => this.relay(door));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts to relay; after a cut, at the same address as before. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', () => {
        this.port = (this.server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  /** From now on the server's answers are lost. */
  holdAnswers(): void {
    this.holding = true;
  }

  /** Lets answers through again, on new connections: the old ones have lost some and are cut. */
  restore(): void {
    this.holding = false;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Nothing passes any more, and nobody can connect. */
  cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private relay(door: Socket): void {
    const server = connect(this.targetPort, '127.0.0.1');
    for (const socket of [door, server]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        door.destroy();
        server.destroy();
      });
    }
    door.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => {
      if (!this.holding) door.write(bytes);
    });
  }
}
