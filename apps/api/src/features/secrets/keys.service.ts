import { Injectable } from '@nestjs/common';
import type { keysSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import { KeyRotation } from './key-rotation';
import { SecretWork } from './secret-work';
import { TransformRenewal } from './transform-renewal';
import { COUNT_WRAPPED_KEYS } from './wrapped-keys';

type KeysView = z.input<typeof keysSchema>;

/** The master keys and transforms of the deployment: told of, changed, renewed. */
@Injectable()
export class KeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rotation: KeyRotation,
    private readonly renewal: TransformRenewal,
    private readonly work: SecretWork,
    private readonly audit: Audit,
  ) {}

  async get(by: SignedIn): Promise<KeysView> {
    by.access.require('settings:read', null);
    return this.view();
  }

  /**
   * Begins to change the master key; the rest is done in the background.
   *
   * @throws {AppError} `keys/no-other-key`, `keys/busy`
   */
  async rotate(by: SignedIn): Promise<KeysView> {
    by.access.require('settings:write', null);
    await this.dataSource.transaction(async (manager) => {
      // First the lock, so that two who ask at once do not both begin.
      await manager.query('SELECT id FROM deployment WHERE id = 1 FOR UPDATE');
      if ((await this.view()).masterKeys.some((key) => !key.wrapping && key.keys > 0)) throw busy();
      const { before, after } = await this.rotation.begin(manager);
      await this.audit.record(manager, {
        by,
        action: 'keys/rotated',
        before: { masterKey: before },
        after: { masterKey: after },
      });
    });
    this.work.wake();
    return this.view();
  }

  /** Begins to renew the transform of templates. @throws {AppError} `keys/busy` */
  async renew(by: SignedIn): Promise<KeysView> {
    by.access.require('settings:write', null);
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT id FROM deployment WHERE id = 1 FOR UPDATE');
      const [newest, ...older] = (await this.view()).transforms;
      if (older.length > 0) throw busy();
      await this.audit.record(manager, {
        by,
        action: 'keys/transform-renewed',
        before: { transform: newest?.id ?? null },
      });
      await this.renewal.begin(manager);
    });
    this.work.wake();
    return this.view();
  }

  private async view(): Promise<KeysView> {
    const masterKeys = await this.dataSource.query<KeysView['masterKeys']>(
      `SELECT id, bool_or(wrapping) AS wrapping, sum(keys)::int AS keys FROM (
         SELECT master_key_id AS id, true AS wrapping, 0 AS keys FROM deployment
         UNION ALL ${COUNT_WRAPPED_KEYS}
       ) AS used GROUP BY id ORDER BY wrapping DESC, id`,
    );
    const transforms = await this.dataSource.query<{ id: string; created_at: Date; templates: number }[]>(
      `SELECT id, created_at,
         (SELECT count(*)::int FROM template WHERE transform_id = template_transform.id) AS templates
       FROM template_transform ORDER BY created_at DESC, id DESC`,
    );
    return {
      masterKeys,
      transforms: transforms.map(({ id, created_at: createdAt, templates }) => ({
        id,
        createdAt: createdAt.toISOString(),
        templates,
      })),
      busy: transforms.length > 1 || masterKeys.some((key) => !key.wrapping),
    };
  }
}

function busy(): AppError {
  return new AppError('conflict', 'keys/busy', 'The change before this one is not done yet.', {
    detail: 'Ask again when nothing is left of the older keys and transforms.',
  });
}
