import type { Actor } from '../audit/actor';
import type { Access } from './access';

/** Someone who is signed in, or a program with a token: what they may do, and who they are for the account. */
export interface SignedIn extends Actor {
  /** What they proved themselves with: a session's cookie, or an API token. */
  readonly credential: 'session' | 'token';
  /** Null when it is a token. */
  readonly sessionId: string | null;
  /** Who it is; of a token, who made it. */
  readonly administratorId: string;
  readonly email: string;
  /** When they last proved who they are; null when it is a token. */
  readonly authenticatedAt: Date | null;
  readonly expiresAt: Date;
  readonly access: Access;
}
