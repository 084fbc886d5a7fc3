import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Notifications } from '../database/notifications';

const CHANNEL = 'munjigi_session_ends';

/** Whose connections must end. */
export type SessionEnd =
  /** Those of one session or API token. */
  | { readonly credentialId: string }
  /** All of somebody: their rights changed, or their sessions ended. `exceptSessionId` goes on. */
  | { readonly administratorId: string; readonly exceptSessionId?: string };

/** Tells every server on the database that sessions have ended, or that what they may do has changed. */
@Injectable()
export class SessionEnds {
  constructor(private readonly notifications: Notifications) {}

  /** Tells it once the caller's transaction has committed. */
  async announce(manager: EntityManager, end: SessionEnd): Promise<void> {
    await this.notifications.send(manager, CHANNEL, JSON.stringify(end));
  }

  /** Hears of each, wherever it was made. @returns how to stop it. */
  on(listener: (end: SessionEnd) => void): () => void {
    return this.notifications.on(CHANNEL, (payload) => listener(JSON.parse(payload) as SessionEnd));
  }

  /** Hears that some may have been missed. @returns how to stop it. */
  onGap(listener: () => void): () => void {
    return this.notifications.onGap(listener);
  }
}
