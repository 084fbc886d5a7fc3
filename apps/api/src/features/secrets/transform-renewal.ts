import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { TemplateTransforms } from '../../platform/crypto/template-transforms';
import { TemplateVault } from '../people/template-vault';

/** Templates that are turned in one transaction. */
const BATCH = 100;

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly transform_id: string;
  readonly sealed_embedding: Buffer;
}

/**
 * Renews the secret transform: what was stolen before compares with nothing any more. Doors are told of the new secret
 * first and then of each template; an older version goes when no template is kept in it. Like a rotation, it goes on
 * from the rows themselves.
 */
@Injectable()
export class TransformRenewal {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transforms: TemplateTransforms,
    private readonly vault: TemplateVault,
    private readonly feed: ChangeFeed,
  ) {}

  /** Makes a new version, in the caller's transaction; call it last. @returns its id */
  async begin(manager: EntityManager): Promise<string> {
    const id = await this.transforms.make(manager);
    await this.feed.record(manager, [{ family: 'transform', entityId: id, deleted: false }]);
    return id;
  }

  /** Turns some templates. @returns how many; 0 when there are none left that nobody else has at hand */
  advance(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const newest = await this.transforms.newest(manager);
      if (newest === null) return 0;
      const rows = await manager.query<Row[]>(
        `SELECT id, person_id, model_id, transform_id, sealed_embedding FROM template
         WHERE transform_id IN (SELECT id FROM template_transform WHERE id <> $1)
         ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [newest, BATCH],
      );
      if (rows.length === 0) return 0;
      const templates = rows.map((row) => ({
        id: row.id,
        personId: row.person_id,
        modelId: row.model_id,
        transformId: row.transform_id,
        sealedEmbedding: row.sealed_embedding,
      }));
      await this.vault.turn(manager, templates, newest);
      await this.feed.record(
        manager,
        templates.map(({ id }) => ({ family: 'template', entityId: id, deleted: false })),
      );
      return rows.length;
    });
  }

  /** Removes the older versions that no template is kept in. @returns their ids */
  retire(): Promise<string[]> {
    return this.dataSource.transaction(async (manager) => {
      const newest = await this.transforms.newest(manager);
      // Waits for whoever is adding a template in one, and then sees it.
      await manager.query('SELECT id FROM template_transform WHERE id <> $1 ORDER BY id FOR UPDATE', [
        newest,
      ]);
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `DELETE FROM template_transform WHERE id <> $1
           AND NOT EXISTS (SELECT FROM template WHERE transform_id = template_transform.id) RETURNING id`,
        [newest],
      );
      const ids = rows.map((row) => row.id);
      await this.feed.record(
        manager,
        ids.map((id) => ({ family: 'transform', entityId: id, deleted: true })),
      );
      return ids;
    });
  }
}
