import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyRing } from '../../platform/crypto/key-ring';
import { unwrapAll, wrappingKey } from '../../platform/crypto/master-keys';
import { newId } from '../../platform/database/uuid';
import { WebhookSecret } from './webhook.entities';

const SECRET_BYTES = 32;
/** How long an old secret signs beside a new one. */
const OVERLAP_HOURS = 24;

/** What the key of a row is bound to. */
export const webhookSecretContext = (id: string) => `webhook secret ${id}`;

/** The secrets that messages are signed with: in the database only wrapped with a master key. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly ring: KeyRing) {}

  /**
   * Makes a secret in the caller's transaction. What signed before goes on for 24 hours beside it, so that the receiver
   * has time to learn the new one.
   *
   * @returns it as libraries take it; it is not shown again.
   */
  async make(manager: EntityManager, webhookId: string): Promise<string> {
    await manager.query(
      `UPDATE webhook_secret SET expires_at = least(expires_at, now() + make_interval(hours => $2))
       WHERE webhook_id = $1`,
      [webhookId, OVERLAP_HOURS],
    );
    await manager.query('DELETE FROM webhook_secret WHERE webhook_id = $1 AND expires_at <= now()', [
      webhookId,
    ]);
    const master = await wrappingKey(manager, this.ring);
    const id = newId();
    const key = randomBytes(SECRET_BYTES);
    const [wrappedSecret] = await master.wrap([{ context: webhookSecretContext(id), key }]);
    await manager.insert(WebhookSecret, {
      ...{ id, webhookId, masterKeyId: master.id, wrappedSecret },
      ...{ createdAt: new Date(), expiresAt: null },
    });
    const secret = `whsec_${key.toString('base64')}`;
    key.fill(0);
    return secret;
  }

  /** The keys that sign now, newest first. The caller owns the bytes. */
  async open(manager: EntityManager, webhookId: string): Promise<Uint8Array[]> {
    const rows = await manager
      .createQueryBuilder(WebhookSecret, 'secret')
      .where('secret.webhookId = :webhookId', { webhookId })
      .andWhere('(secret.expiresAt IS NULL OR secret.expiresAt > now())')
      .orderBy('secret.createdAt', 'DESC')
      .getMany();
    return unwrapAll(
      this.ring,
      rows.map(({ id, wrappedSecret: wrapped, masterKeyId }) => ({
        ...{ context: webhookSecretContext(id), wrapped, masterKeyId },
      })),
    );
  }
}
