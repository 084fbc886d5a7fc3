import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** A model that there are templates of. */
export interface ModelRecord {
  readonly id: string;
  readonly templates: number;
  readonly people: number;
}

/** A template that another model's can be made beside. */
export interface SourceTemplate {
  readonly crop_id: string;
  readonly origin: 'photo' | 'door' | 'import';
}

/** Reads templates by model. */
@Injectable()
export class ModelsRepository {
  constructor(private readonly dataSource: DataSource) {}

  models(): Promise<ModelRecord[]> {
    return this.dataSource.query<ModelRecord[]>(
      `SELECT model_id AS id, count(*)::int AS templates, count(DISTINCT person_id)::int AS people
       FROM template GROUP BY model_id ORDER BY model_id`,
    );
  }

  /** People after an id who have templates, and how many there are in all. */
  async people(after: string, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ person_id: string }[]>(
      'SELECT DISTINCT person_id FROM template WHERE person_id > $1 ORDER BY person_id LIMIT $2',
      [after, limit],
    );
    return rows.map((row) => row.person_id);
  }

  async peopleCount(): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      'SELECT count(DISTINCT person_id)::int AS count FROM template',
    );
    return row.count;
  }

  /** The crops of a person that this model has no template of, each once. */
  async crops(manager: EntityManager, personId: string, modelId: string): Promise<SourceTemplate[]> {
    return manager.query<SourceTemplate[]>(
      `SELECT DISTINCT ON (crop_id) crop_id, origin FROM template AS source
       WHERE person_id = $1 AND crop_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM template WHERE crop_id = source.crop_id AND model_id = $2)
       ORDER BY crop_id, created_at`,
      [personId, modelId],
    );
  }

  /** Who has templates, but none of this model, in no order. */
  async without(modelId: string, limit: number): Promise<{ count: number; people: string[] }> {
    const rows = await this.dataSource.query<{ person_id: string; count: number }[]>(
      `SELECT person_id, (count(*) OVER ())::int AS count FROM template GROUP BY person_id
       HAVING NOT bool_or(model_id = $1) ORDER BY person_id LIMIT $2`,
      [modelId, limit],
    );
    return { count: rows[0]?.count ?? 0, people: rows.map((row) => row.person_id) };
  }

  /** Removes some templates of a model. @returns their ids */
  async remove(manager: EntityManager, modelId: string, limit: number): Promise<string[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      `DELETE FROM template WHERE id IN (
         SELECT id FROM template WHERE model_id = $1 ORDER BY id LIMIT $2) RETURNING id`,
      [modelId, limit],
    );
    return rows.map((row) => row.id);
  }
}
