import type { CustomFieldValue, PersonKind, PersonStatus } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Site } from '../doors/site.entity';

/** Someone who may be recognised. */
@Entity({ name: 'person' })
@Index('person_name_idx', ['name', 'id'])
@Index('person_employee_number_key', ['employeeNumber'], { unique: true })
@Index('person_site_idx', ['siteId'])
@Index('person_valid_until_idx', ['validUntil'])
@Index('person_created_idx', ['createdAt', 'id'])
@Index('person_updated_idx', ['updatedAt', 'id'])
// Of expressions and operator classes, which TypeORM cannot say: made by the migration.
@Index('person_search_idx', { synchronize: false })
@Index('person_pairs_idx', { synchronize: false })
@Index('person_department_idx', { synchronize: false })
@Index('person_employee_number_idx', { synchronize: false })
@Check('person_kind_known', `"kind" IN ('employee', 'visitor')`)
@Check('person_status_known', `"status" IN ('active', 'suspended', 'blocked')`)
@Check('person_status_reason_given', `("status" = 'active') = ("status_reason" IS NULL)`)
@Check('person_validity_ordered', `"valid_from" < "valid_until"`)
export class Person {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'person_pk' })
  id: string;

  /** Unicode NFC, so that the same name is the same text wherever it was typed. */
  @Column({ type: 'text', collation: 'und-x-icu' })
  name: string;

  @Column({ type: 'text', default: 'employee' })
  kind: PersonKind;

  /** The site that they belong to; null: to the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  @ForeignKey(() => Site, { name: 'person_site_fk', onDelete: 'RESTRICT' })
  siteId: string | null;

  @Column({ type: 'text', name: 'employee_number', nullable: true })
  employeeNumber: string | null;

  @Column({ type: 'text', collation: 'und-x-icu', nullable: true })
  department: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** Values by the key of their field; only fields that have one. */
  @Column({ type: 'jsonb', name: 'custom_fields', default: {} })
  customFields: Record<string, CustomFieldValue>;

  @Column({ ...INSTANT_COLUMN, name: 'valid_from', nullable: true })
  validFrom: Date | null;

  /** The instant itself is outside. */
  @Column({ ...INSTANT_COLUMN, name: 'valid_until', nullable: true })
  validUntil: Date | null;

  @Column({ type: 'text', default: 'active' })
  status: PersonStatus;

  /** Null exactly while active. */
  @Column({ type: 'text', name: 'status_reason', nullable: true })
  statusReason: string | null;

  @Column({ type: 'boolean', name: 'extended_door_time', default: false })
  extendedDoorTime: boolean;

  @Column({ type: 'boolean', name: 'idle_exempt', default: false })
  idleExempt: boolean;

  /** Whether doors have their templates: what follows from status and time, as it was last told to them. */
  @Column({ type: 'boolean', name: 'at_doors', default: true })
  atDoors: boolean;

  /** Grows by one with each change. */
  @Column({ ...COUNT_COLUMN, default: 1 })
  version: number;

  /** The version in which each field last changed; fields that never did are left out. */
  @Column({ type: 'jsonb', name: 'field_versions', default: {} })
  fieldVersions: Record<string, number>;

  /** What `search` looks in, in lower case; kept by the database. */
  @Column({
    type: 'text',
    name: 'search_text',
    collation: 'C',
    default: '',
    select: false,
    insert: false,
    update: false,
  })
  searchText: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
