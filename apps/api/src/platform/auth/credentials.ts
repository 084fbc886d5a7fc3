import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { ApiTokenStore } from './api-token-store';
import { bearerOf } from './bearer';
import { sessionTokenOf } from './session-cookie';
import { SessionStore } from './session-store';
import type { SignedIn } from './signed-in';

/** Finds out who sends a request, by what it carries: an API token, else a session's cookie. */
@Injectable()
export class Credentials {
  constructor(
    private readonly sessions: SessionStore,
    private readonly tokens: ApiTokenStore,
  ) {}

  /** Who it is and what they may do now; null when it carries nothing that holds. */
  async of(headers: IncomingHttpHeaders, address: string | null): Promise<SignedIn | null> {
    const bearer = bearerOf(headers);
    // A cookie beside a token is not looked at: what came from another site must never be helped by it.
    if (bearer !== null) return this.tokens.find(bearer, address);
    const token = sessionTokenOf(headers.cookie);
    return token === null ? null : this.sessions.find(token, address);
  }
}
