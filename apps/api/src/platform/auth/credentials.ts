import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { sessionTokenOf } from './session-cookie';
import { SessionStore } from './session-store';
import type { SignedIn } from './signed-in';

/** Finds out who sends a request, by what it carries. */
@Injectable()
export class Credentials {
  constructor(private readonly sessions: SessionStore) {}

  /** Who it is and what they may do now; null when it carries nothing that holds. */
  async of(headers: IncomingHttpHeaders, address: string | null): Promise<SignedIn | null> {
    const token = sessionTokenOf(headers.cookie);
    return token === null ? null : this.sessions.find(token, address);
  }
}
