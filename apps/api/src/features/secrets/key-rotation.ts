import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { KeyRing } from '../../platform/crypto/key-ring';
import { unwrapAll, wrappingKey } from '../../platform/crypto/master-keys';
import { COUNT_WRAPPED_KEYS, WRAPPED_KEYS, type WrappedKeys } from './wrapped-keys';

/** Keys that are wrapped anew in one transaction. */
const BATCH = 200;

interface Row {
  readonly id: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/**
 * Changes the master key while everything runs: first the database says that another one wraps, then what the old ones
 * wrapped is wrapped anew, batch by batch. All of them open until then. What is done and what is not is in the rows
 * themselves, so that it goes on in any process after any stop.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ring: KeyRing,
  ) {}

  /** Lets another master key wrap, in the caller's transaction. @returns its id. @throws `keys/no-other-key` */
  async begin(manager: EntityManager): Promise<{ before: string; after: string }> {
    const [{ master_key_id: before }] = await manager.query<[{ master_key_id: string }]>(
      'SELECT master_key_id FROM deployment WHERE id = 1 FOR UPDATE',
    );
    const after = (await this.ring.successorOf(before)).id;
    await manager.query('UPDATE deployment SET master_key_id = $1 WHERE id = 1', [after]);
    return { before, after };
  }

  /** Wraps some keys anew. @returns how many; 0 when there are none left that nobody else has at hand */
  async advance(): Promise<number> {
    for (const place of WRAPPED_KEYS) {
      const done = await this.dataSource.transaction((manager) => this.batch(manager, place));
      if (done > 0) return done;
    }
    return 0;
  }

  /** Puts aside the keys that wrap no more and have wrapped nothing that is left. */
  async retire(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT master_key_id AS id FROM deployment UNION SELECT id FROM (${COUNT_WRAPPED_KEYS}) AS wrapped`,
    );
    const used = new Set(rows.map((row) => row.id));
    const unused = this.ring.all.map((key) => key.id).filter((id) => !used.has(id));
    // One that is newer than what wraps now waits for the next rotation.
    const retired = unused.filter((id) => this.ring.isOlder(id, used));
    for (const id of retired) await this.ring.retire(id);
    return retired;
  }

  private async batch(manager: EntityManager, place: WrappedKeys): Promise<number> {
    const { table, id, column, context } = place;
    const master = await wrappingKey(manager, this.ring);
    const rows = await manager.query<Row[]>(
      `SELECT ${id} AS id, master_key_id, ${column} AS wrapped FROM ${table} WHERE master_key_id <> $1 AND ${column} IS NOT NULL
       ORDER BY ${id} LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [master.id, BATCH],
    );
    if (rows.length === 0) return 0;
    const plain = await unwrapAll(
      this.ring,
      rows.map((row) => ({
        context: context(row.id),
        wrapped: row.wrapped,
        masterKeyId: row.master_key_id,
      })),
    );
    const wrapped = await master.wrap(
      rows.map((row, index) => ({ context: context(row.id), key: plain[index] as Uint8Array })),
    );
    for (const key of plain) key.fill(0);
    await manager.query(
      `UPDATE ${table} SET master_key_id = $3, ${column} = given.wrapped
       FROM unnest($1::uuid[], $2::bytea[]) AS given (id, wrapped) WHERE ${table}.${id} = given.id`,
      [rows.map((row) => row.id), wrapped, master.id],
    );
    return rows.length;
  }
}
