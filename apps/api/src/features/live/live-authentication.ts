import { Injectable } from '@nestjs/common';
import type { liveRefusalSchema } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { bearerOf } from '../../platform/auth/bearer';
import { Credentials } from '../../platform/auth/credentials';
import { isSameOrigin } from '../../platform/auth/same-origin';
import type { LiveSocket } from './live-socket';

type Refusal = z.infer<typeof liveRefusalSchema>;

/** Lets a console connect only from our own pages and with a session, decided before the connection exists. */
@Injectable()
export class LiveAuthentication {
  constructor(
    private readonly credentials: Credentials,
    private readonly logger: PinoLogger,
  ) {}

  /** Middleware of the namespace. */
  readonly middleware = (socket: LiveSocket, next: (error?: Error) => void): void => {
    void this.authenticate(socket).then((refusal) => (refusal === null ? next() : next(new Error(refusal))));
  };

  private async authenticate(socket: LiveSocket): Promise<Refusal | null> {
    const { headers } = socket.handshake;
    // Browsers let any site open a WebSocket, with our cookie.
    if (bearerOf(headers) === null && !isSameOrigin(headers)) return 'live/unauthenticated';
    try {
      const signedIn = await this.credentials.of(headers, socket.handshake.address);
      if (!signedIn) return 'live/unauthenticated';
      if (!signedIn.access.may('live:watch')) return 'live/forbidden';
      socket.data.signedIn = signedIn;
      return null;
    } catch (error) {
      this.logger.warn({ err: error }, 'console could not be authenticated');
      return 'live/unavailable';
    }
  }
}
