import { signCheckpoint, type SigningKey } from '@munjigi/audit-chain';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import { chainHead } from './audit-chain';

/** A checkpoint as the database has it, with the key that it was signed with. */
export interface CheckpointRow {
  readonly position: string;
  readonly hash: Buffer;
  readonly at: Date;
  readonly key_id: string;
  readonly public_key: string;
  readonly signature: Buffer;
}

const SELECT = `SELECT checkpoint.position, checkpoint.hash, checkpoint.at, checkpoint.key_id, key.public_key,
  checkpoint.signature FROM audit_checkpoint AS checkpoint JOIN audit_key AS key ON key.id = checkpoint.key_id`;

/** What this deployment has signed of its account, and signs. */
export class AuditCheckpoints {
  constructor(readonly key: SigningKey) {}

  /** Makes this process's key known, so that it can be pinned. */
  async announce(manager: EntityManager): Promise<void> {
    await manager.query(
      'INSERT INTO audit_key (id, public_key, created_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING',
      [this.key.id, this.key.publicKey],
    );
  }

  /** The one over the most entries, or null. */
  async last(manager: EntityManager): Promise<CheckpointRow | null> {
    const [row] = await manager.query<CheckpointRow[]>(
      `${SELECT} ORDER BY checkpoint.position DESC, checkpoint.at DESC LIMIT 1`,
    );
    return row ?? null;
  }

  /** Those over entries after a position up to another, in order. */
  between(manager: EntityManager, after: number, through: number): Promise<CheckpointRow[]> {
    return manager.query<CheckpointRow[]>(
      `${SELECT} WHERE checkpoint.position > $1 AND checkpoint.position <= $2 ORDER BY checkpoint.position`,
      [after, through],
    );
  }

  /** Signs the account as it is committed now, and keeps that. */
  async make(manager: EntityManager): Promise<CheckpointRow> {
    const head = await chainHead(manager);
    const at = new Date();
    const hash = Buffer.from(head.hash);
    const statement = { position: head.position, hash: hash.toString('hex'), at: at.toISOString() };
    const signature = Buffer.from(
      signCheckpoint(this.key, { ...statement, deployment: head.chainId, keyId: this.key.id }),
      'hex',
    );
    await manager.query(
      'INSERT INTO audit_checkpoint (id, position, hash, at, key_id, signature) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId(), head.position, hash, at, this.key.id, signature],
    );
    const { id: key_id, publicKey: public_key } = this.key;
    return { position: String(head.position), hash, at, key_id, public_key, signature };
  }
}
