import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TemplateTransform, TRANSFORM_SECRET_BYTES } from '@munjigi/face-core';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import { AppError } from '../errors/app-error';
import { KeyRing } from './key-ring';
import { unwrapAll, wrappingKey } from './master-keys';

/** More dimensions than models that a fleet has at once. */
const KEPT_MAX = 16;

interface Row {
  readonly id: string;
  readonly master_key_id: string;
  readonly wrapped_secret: Buffer;
}

/** The secret rotations of this deployment. */
@Injectable()
export class TemplateTransforms {
  /** By id and dimension; a version never changes what it is. */
  private readonly kept = new Map<string, TemplateTransform>();

  constructor(private readonly ring: KeyRing) {}

  /** Makes a new version in the caller's transaction, who tells the change feed. @returns its id */
  async make(manager: EntityManager): Promise<string> {
    const id = newId();
    const master = await wrappingKey(manager, this.ring);
    const secret = randomBytes(TRANSFORM_SECRET_BYTES);
    const [wrapped] = await master.wrap([{ context: transformContext(id), key: secret }]);
    secret.fill(0);
    await manager.query(
      'INSERT INTO template_transform (id, master_key_id, wrapped_secret, created_at) VALUES ($1, $2, $3, now())',
      [id, master.id, wrapped],
    );
    return id;
  }

  /** The version that new templates are kept in, or null in a database that has none yet. */
  async newest(manager: EntityManager): Promise<string | null> {
    const [row] = await manager.query<{ id: string }[]>(
      'SELECT id FROM template_transform ORDER BY created_at DESC, id DESC LIMIT 1',
    );
    return row?.id ?? null;
  }

  /** Every version that there is. */
  async ids(manager: EntityManager): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>('SELECT id FROM template_transform ORDER BY id');
    return rows.map(({ id }) => id);
  }

  /** The secret of a version, which the caller overwrites when done; null when the version is no more. */
  async secret(manager: EntityManager, id: string): Promise<Uint8Array | null> {
    const [row] = await manager.query<Row[]>(
      'SELECT id, master_key_id, wrapped_secret FROM template_transform WHERE id = $1',
      [id],
    );
    if (!row) return null;
    const kept = {
      context: transformContext(id),
      wrapped: row.wrapped_secret,
      masterKeyId: row.master_key_id,
    };
    const [secret] = await unwrapAll(this.ring, [kept]);
    return secret as Uint8Array;
  }

  /** The rotation of a version for embeddings of a dimension. @throws {AppError} `crypto/no-transform` */
  async of(manager: EntityManager, id: string, dimension: number): Promise<TemplateTransform> {
    const name = `${id}/${dimension}`;
    const known = this.kept.get(name);
    if (known) return known;
    const secret = await this.secret(manager, id);
    if (!secret) {
      throw new AppError('internal', 'crypto/no-transform', 'The transform of a template is not there.');
    }
    const transform = new TemplateTransform(secret, dimension);
    secret.fill(0);
    this.kept.set(name, transform);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    return transform;
  }
}

/** What a transform's secret is bound to when it is wrapped. */
export function transformContext(id: string): string {
  return `transform/${id}`;
}
