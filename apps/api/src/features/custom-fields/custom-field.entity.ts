import type { CustomField as CustomFieldView } from '@munjigi/contracts';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** A field that this organisation keeps of each person beside the built-in ones. */
@Entity({ name: 'custom_field' })
@Check('custom_field_type_known', `"type" IN ('text', 'number', 'date', 'choice')`)
export class CustomField {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'custom_field_pk' })
  key: string;

  @Column({ type: 'text' })
  label: string;

  @Column({ type: 'text' })
  type: CustomFieldView['type'];

  @Column({ type: 'text', array: true })
  choices: string[];

  @Column({ type: 'integer' })
  position: number;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
