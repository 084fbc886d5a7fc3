import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Access } from './access';
import { accessBy, GRANTS, type Grant } from './access-of';
import type { ApiToken } from './api-token.entity';
import type { SignedIn } from './signed-in';
import { newToken, tokenHash } from './token';

const PREFIX = 'mnj_api_';
const HINT_LENGTH = PREFIX.length + 4;

/** A token that was just made: to be shown once, and what is kept of it. */
export function makeApiToken(): { token: string; tokenHash: Buffer; hint: string } {
  const token = PREFIX + newToken();
  return { token, tokenHash: tokenHash(token), hint: token.slice(0, HINT_LENGTH) };
}

/** The API tokens, kept in the database by their hash. */
@Injectable()
export class ApiTokenStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Which program a token belongs to and what it may do now, or null when it is unknown, ended or too old. */
  async find(token: string, address: string | null): Promise<SignedIn | null> {
    if (!token.startsWith(PREFIX)) return null;
    const [row] = await this.dataSource.query<TokenRow[]>(
      `SELECT api_token.id, api_token.name, api_token.permissions, api_token.site_ids, api_token.expires_at,
         administrator.id AS administrator_id, administrator.email,
         api_token.last_used_at IS NULL OR api_token.last_used_at < now() - interval '1 minute' AS unseen,
         ${GRANTS} AS grants
       FROM api_token JOIN administrator ON administrator.id = api_token.administrator_id
       WHERE api_token.token_hash = $1 AND api_token.expires_at > now() AND administrator.suspended_at IS NULL`,
      [tokenHash(token)],
    );
    if (!row) return null;
    // One write a minute at most, however busy the program is.
    if (row.unseen) {
      await this.dataSource.query(
        'UPDATE api_token SET last_used_at = now(), last_used_from = $2 WHERE id = $1',
        [row.id, address],
      );
    }
    return signedIn(row, accessBy(row.grants), address);
  }
}

interface TokenRow extends Pick<ApiToken, 'id' | 'name' | 'permissions'> {
  readonly site_ids: string[] | null;
  readonly expires_at: Date;
  readonly administrator_id: string;
  readonly email: string;
  readonly unseen: boolean;
  readonly grants: readonly Grant[];
}

function signedIn(row: TokenRow, maker: Access, address: string | null): SignedIn {
  return {
    actorKind: 'token',
    actorId: row.id,
    actorName: row.name,
    address,
    credential: 'token',
    sessionId: null,
    administratorId: row.administrator_id,
    email: row.email,
    authenticatedAt: null,
    expiresAt: row.expires_at,
    access: maker.within(row.permissions, row.site_ids),
  };
}
