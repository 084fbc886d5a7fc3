import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import { KnownBrowser } from './known-browser.entity';
import { newToken, tokenHash } from './token';

/** How long a browser is known after a sign-in with it. */
const KNOWN_MS = 180 * 86_400_000;

/** The token of a browser's cookie, and until when it is worth keeping. */
export interface BrowserToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** The browsers that each administrator has signed in with. */
@Injectable()
export class KnownBrowsers {
  constructor(private readonly dataSource: DataSource) {}

  /** The one that a cookie belongs to, if that administrator has signed in with it; else null. */
  async find(token: string | null, administratorId: string | null): Promise<string | null> {
    if (token === null || administratorId === null) return null;
    const found = await this.dataSource.getRepository(KnownBrowser).findOneBy({
      tokenHash: tokenHash(token),
      administratorId,
      expiresAt: MoreThan(new Date()),
    });
    return found?.id ?? null;
  }

  /** Remembers a browser, in the caller's transaction. @param before the token that its cookie has had */
  async remember(
    manager: EntityManager,
    administratorId: string,
    before: string | null,
  ): Promise<BrowserToken> {
    const token = before ?? newToken();
    const expiresAt = new Date(Date.now() + KNOWN_MS);
    await manager.query('DELETE FROM known_browser WHERE expires_at <= now()');
    const { affected } = await manager.update(
      KnownBrowser,
      { tokenHash: tokenHash(token), administratorId },
      { expiresAt },
    );
    if (affected === 0) {
      await manager.insert(KnownBrowser, {
        id: newId(),
        administratorId,
        tokenHash: tokenHash(token),
        expiresAt,
      });
    }
    return { token, expiresAt };
  }
}
