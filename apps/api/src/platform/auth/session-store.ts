import { Injectable } from '@nestjs/common';
import type { SignInMethod } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import type { Access } from './access';
import { accessBy, accessOf, GRANTS, type Grant } from './access-of';
import { Administrator } from './administrator.entity';
import { AuthOptions } from './auth-options';
import { KnownBrowsers, type BrowserToken } from './known-browsers';
import { SessionEnds } from './session-ends';
import { Session } from './session.entity';
import type { SignedIn } from './signed-in';
import { newToken, tokenHash } from './token';

// Handlers and services name whoever calls them by this type.
export type { SignedIn } from './signed-in';

/** No browser says so much of itself, and nobody needs more. */
const AGENT_LENGTH_MAX = 300;

/** From where somebody signs in, and how they proved who they are. */
export interface SignIn {
  readonly method: SignInMethod;
  readonly address: string | null;
  /** What the browser says it is. */
  readonly agent: string | null;
  /** What the browser is known by from an earlier sign-in, or null. */
  readonly browserToken: string | null;
}

/** From where somebody signs in, before it is known who they are. */
export type SignInSource = Omit<SignIn, 'method'>;

/** A session that has just begun; its token and the browser's are kept nowhere else. */
export type BegunSession = SignedIn & { readonly token: string; readonly browser: BrowserToken };

/** The sessions, kept in the database by the hash of their token. */
@Injectable()
export class SessionStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: AuthOptions,
    private readonly ends: SessionEnds,
    private readonly browsers: KnownBrowsers,
  ) {}

  /** Begins a session in the caller's transaction. */
  async begin(
    manager: EntityManager,
    administrator: Pick<Administrator, 'id' | 'email'>,
    { method, address, agent, browserToken }: SignIn,
  ): Promise<BegunSession> {
    const token = newToken();
    const now = new Date();
    const expiresAt = new Date(now.getTime() + this.options.sessionMs);
    const sessionId = newId();
    await manager.query(
      `DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $1 - $2 * interval '1 millisecond'`,
      [now, this.options.sessionIdleMs],
    );
    await manager.insert(Session, {
      id: sessionId,
      tokenHash: tokenHash(token),
      administratorId: administrator.id,
      method,
      address,
      agent: agent?.slice(0, AGENT_LENGTH_MAX) ?? null,
      createdAt: now,
      authenticatedAt: now,
      lastSeenAt: now,
      expiresAt,
    });
    await manager.update(Administrator, { id: administrator.id }, { lastSignInAt: now });
    const browser = await this.browsers.remember(manager, administrator.id, browserToken);
    const access = await accessOf(manager, administrator.id);
    const row = { id: sessionId, administrator_id: administrator.id, email: administrator.email };
    return {
      ...signedIn({ ...row, expires_at: expiresAt, authenticated_at: now }, access, address),
      token,
      browser,
    };
  }

  /** Who a token belongs to and what they may do now, or null when it is unknown, ended, idle or too old. */
  async find(token: string, address: string | null): Promise<SignedIn | null> {
    // One round trip for every request: who, and what they may do.
    const [row] = await this.dataSource.query<FoundRow[]>(
      `SELECT session.id, session.expires_at, session.authenticated_at, administrator.id AS administrator_id,
         administrator.email, session.last_seen_at < now() - interval '1 minute' AS unseen, ${GRANTS} AS grants
       FROM session JOIN administrator ON administrator.id = session.administrator_id
       WHERE session.token_hash = $1 AND ${HOLDS('$2')}`,
      [tokenHash(token), this.options.sessionIdleMs],
    );
    if (!row) return null;
    // One write a minute at most, however many requests a page makes.
    if (row.unseen)
      await this.dataSource.query('UPDATE session SET last_seen_at = now() WHERE id = $1', [row.id]);
    return signedIn(row, accessBy(row.grants), address);
  }

  /** Which of these sessions still hold. */
  async holding(sessionIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT session.id FROM session JOIN administrator ON administrator.id = session.administrator_id
       WHERE session.id = ANY($1::uuid[]) AND ${HOLDS('$2')}`,
      [sessionIds, this.options.sessionIdleMs],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Notes, in the caller's transaction, that somebody has just proved again who they are. */
  async confirm(manager: EntityManager, sessionId: string): Promise<void> {
    await manager.update(Session, { id: sessionId }, { authenticatedAt: new Date() });
  }

  /** Ends a session in the caller's transaction, and the connections that it serves once that has committed. */
  async end(manager: EntityManager, sessionId: string): Promise<void> {
    await manager.delete(Session, { id: sessionId });
    await this.ends.announce(manager, { credentialId: sessionId });
  }

  /** Ends all that somebody has, but for one session if it is named. @returns how many sessions there were. */
  async endAllOf(manager: EntityManager, administratorId: string, exceptSessionId?: string): Promise<number> {
    const ended = await manager.query<[unknown[], number]>(
      'DELETE FROM session WHERE administrator_id = $1 AND id IS DISTINCT FROM $2',
      [administratorId, exceptSessionId ?? null],
    );
    await this.ends.announce(manager, { administratorId, exceptSessionId });
    return ended[1];
  }
}

interface SessionRow {
  readonly id: string;
  readonly expires_at: Date;
  readonly authenticated_at: Date;
  readonly administrator_id: string;
  readonly email: string;
}

interface FoundRow extends SessionRow {
  readonly unseen: boolean;
  readonly grants: readonly Grant[];
}

/** @param idleMs the parameter that holds the longest time without a request */
const HOLDS = (idleMs: string) =>
  `session.expires_at > now() AND session.last_seen_at > now() - ${idleMs} * interval '1 millisecond'
   AND administrator.suspended_at IS NULL`;

function signedIn(row: SessionRow, access: Access, address: string | null): SignedIn {
  return {
    actorKind: 'administrator',
    actorId: row.administrator_id,
    actorName: row.email,
    address,
    credential: 'session',
    sessionId: row.id,
    administratorId: row.administrator_id,
    email: row.email,
    authenticatedAt: row.authenticated_at,
    expiresAt: row.expires_at,
    access,
  };
}
