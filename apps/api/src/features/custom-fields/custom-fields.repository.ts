import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import { CustomField } from './custom-field.entity';

/** The only place that reads and writes custom fields. */
@Injectable()
export class CustomFieldsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All, in the order of a screen. */
  list(manager: EntityManager = this.dataSource.manager): Promise<CustomField[]> {
    return manager.find(CustomField, { order: { position: 'ASC', key: 'ASC' } });
  }

  /** The field, kept from being changed by others until the transaction ends; or null. */
  lock(manager: EntityManager, key: string): Promise<CustomField | null> {
    return manager.findOne(CustomField, { where: { key }, lock: { mode: 'pessimistic_write' } });
  }

  async save(manager: EntityManager, field: CustomField): Promise<void> {
    await manager.upsert(CustomField, field, ['key']);
  }

  /**
   * Takes a field away, with every value of it.
   *
   * @returns how many people had a value.
   * @throws {AppError} `custom-fields/not-found`
   */
  async remove(manager: EntityManager, key: string): Promise<number> {
    const { affected } = await manager.delete(CustomField, { key });
    if (!affected) {
      throw new AppError('not-found', 'custom-fields/not-found', 'There is no such field.');
    }
    const [, count] = await manager.query<[unknown, number]>(
      `UPDATE person SET custom_fields = custom_fields - $1::text, version = version + 1,
         field_versions = field_versions || jsonb_build_object('customFields', version + 1)
       WHERE jsonb_exists(custom_fields, $1::text)`,
      [key],
    );
    return count;
  }
}
