import { Injectable } from '@nestjs/common';
import type {
  CustomFieldValue,
  PutCustomFieldRequest,
  customFieldListSchema,
  customFieldSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import { customFieldIssues } from './check-custom-fields';
import type { CustomField } from './custom-field.entity';
import { CustomFieldsRepository } from './custom-fields.repository';

type FieldView = z.input<typeof customFieldSchema>;

/** The fields that this organisation keeps of each person beside the built-in ones. */
@Injectable()
export class CustomFieldsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly fields: CustomFieldsRepository,
    private readonly audit: Audit,
  ) {}

  async list(): Promise<z.input<typeof customFieldListSchema>> {
    return { items: (await this.fields.list()).map(presentField) };
  }

  /**
   * Makes a field, or changes its label, choices and place. Values that people have stay, whatever the choices become.
   *
   * @throws {AppError} `custom-fields/type-fixed`
   */
  async put(key: string, request: PutCustomFieldRequest, by: SignedIn): Promise<FieldView> {
    by.access.require('settings:write', null);
    return this.dataSource.transaction(async (manager) => {
      const before = await this.fields.lock(manager, key);
      if (before && before.type !== request.type) {
        throw new AppError('conflict', 'custom-fields/type-fixed', 'The type of a field cannot change.', {
          detail: `${key} is a ${before.type}. Make another field, or delete this one first.`,
        });
      }
      const field = { ...request, key, createdAt: before?.createdAt ?? new Date() };
      await this.fields.save(manager, field);
      await this.audit.record(manager, {
        by,
        action: before ? 'custom-field/changed' : 'custom-field/created',
        before: before ? { ...presentField(before) } : undefined,
        after: { ...presentField(field) },
      });
      return presentField(field);
    });
  }

  /** Deletes a field with every value of it. @throws {AppError} `custom-fields/not-found` */
  async remove(key: string, by: SignedIn): Promise<void> {
    by.access.require('settings:write', null);
    await this.dataSource.transaction(async (manager) => {
      const people = await this.fields.remove(manager, key);
      await this.audit.record(manager, { by, action: 'custom-field/deleted', details: { key, people } });
    });
  }

  /** Refuses values that the fields do not take. @throws {AppError} `people/invalid-custom-field` */
  async check(
    manager: EntityManager,
    values: Readonly<Record<string, CustomFieldValue | null>> = {},
  ): Promise<void> {
    if (Object.keys(values).length === 0) return;
    const issues = customFieldIssues(await this.fields.list(manager), values);
    if (issues.length === 0) return;
    throw new AppError(
      'invalid',
      'people/invalid-custom-field',
      'A custom field has a value that it does not take.',
      {
        detail: 'See which in the issues; the fields are listed under custom-fields.',
        issues,
      },
    );
  }
}

/** A field as the wire has it. */
function presentField({ key, label, type, choices, position }: Omit<CustomField, 'createdAt'>): FieldView {
  return { key, label, type, choices, position };
}
