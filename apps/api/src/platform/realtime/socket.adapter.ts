import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import type { RoomsAdapter } from './cluster-adapter';

/** Room for an answer with five captures of 2 MB, the largest message there is. */
const MESSAGE_BYTES_MAX = 11_000_000;
/** Who has not joined a namespace by then is not one of ours. */
const CONNECT_TIMEOUT_MS = 10_000;

/** socket.io on the server's own port, for our own clients alone: no CORS, no client script. */
export class SocketAdapter extends IoAdapter {
  private server?: Server;

  /** @param rooms how messages reach the sockets of other processes, if there are any */
  constructor(
    app: INestApplicationContext,
    private readonly rooms?: RoomsAdapter,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: MESSAGE_BYTES_MAX,
      connectTimeout: CONNECT_TIMEOUT_MS,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      // Other upgrades are the console proxy's to serve or to end.
      destroyUpgrade: false,
    }) as Server;
    if (this.rooms) server.adapter(this.rooms);
    this.server = server;
    return server;
  }

  /** The sockets' server. @throws before the application has begun to listen */
  get io(): Server {
    if (!this.server) throw new Error('There are no sockets yet.');
    return this.server;
  }

  /** How many sockets this process has in a namespace. */
  socketsOf(namespace: string): number {
    return this.server?.of(namespace).sockets.size ?? 0;
  }
}
