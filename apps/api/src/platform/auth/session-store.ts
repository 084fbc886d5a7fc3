import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { afterCommit } from '../database/after-commit';
import { newId } from '../database/uuid';
import type { Actor } from '../audit/actor';
import type { Access } from './access';
import { accessOf } from './access-of';
import { Administrator } from './administrator.entity';
import { Session } from './session.entity';
import { newToken, tokenHash } from './token';

/** How long a sign-in lasts. */
const SESSION_MS = 12 * 60 * 60_000;

/** Someone who is signed in, what they may do, and who they are for the account. */
export interface SignedIn extends Actor {
  readonly sessionId: string;
  readonly administratorId: string;
  readonly email: string;
  readonly expiresAt: Date;
  readonly access: Access;
}

type EndListener = (sessionId: string) => void;

/** The sessions, kept in the database by the hash of their token. */
@Injectable()
export class SessionStore {
  private readonly endListeners = new Set<EndListener>();

  constructor(private readonly dataSource: DataSource) {}

  /** Begins a session in the caller's transaction. @returns it and its token, which is nowhere else. */
  async begin(
    manager: EntityManager,
    administrator: Administrator,
    address: string,
  ): Promise<SignedIn & { token: string }> {
    const token = newToken();
    const now = new Date();
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    const sessionId = newId();
    await manager.query('DELETE FROM session WHERE expires_at <= $1', [now]);
    await manager.insert(Session, {
      id: sessionId,
      tokenHash: tokenHash(token),
      administratorId: administrator.id,
      createdAt: now,
      expiresAt,
    });
    const access = await accessOf(manager, administrator.id);
    return { ...signedIn({ ...administrator, sessionId, expiresAt, access, address }), token };
  }

  /** Who a token belongs to and what they may do now, or null when it is unknown, ended or too old. */
  async find(token: string, address: string | null): Promise<SignedIn | null> {
    const [row] = await this.dataSource.query<SessionRow[]>(
      `SELECT session.id, session.expires_at, administrator.id AS administrator_id, administrator.email
       FROM session JOIN administrator ON administrator.id = session.administrator_id
       WHERE session.token_hash = $1 AND session.expires_at > now()`,
      [tokenHash(token)],
    );
    if (!row) return null;
    return signedIn({
      sessionId: row.id,
      id: row.administrator_id,
      email: row.email,
      expiresAt: row.expires_at,
      access: await accessOf(this.dataSource.manager, row.administrator_id),
      address,
    });
  }

  /** Ends a session in the caller's transaction, and tells those who serve it once it has committed. */
  async end(manager: EntityManager, sessionId: string): Promise<void> {
    await manager.delete(Session, { id: sessionId });
    afterCommit(manager, () => this.endListeners.forEach((listener) => listener(sessionId)));
  }

  /** Calls `listener` with each session that is ended here. @returns how to stop it. */
  onEnd(listener: EndListener): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }
}

interface SessionRow {
  readonly id: string;
  readonly expires_at: Date;
  readonly administrator_id: string;
  readonly email: string;
}

function signedIn(found: {
  sessionId: string;
  id: string;
  email: string;
  expiresAt: Date;
  access: Access;
  address: string | null;
}): SignedIn {
  const { sessionId, id, email, expiresAt, access, address } = found;
  return {
    actorKind: 'administrator',
    actorId: id,
    actorName: email,
    address,
    sessionId,
    administratorId: id,
    email,
    expiresAt,
    access,
  };
}
