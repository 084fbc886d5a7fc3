import type { BuiltInRole, Permission } from '@munjigi/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** A set of permissions with a name. */
@Entity({ name: 'role' })
export class Role {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'role_pk' })
  id: string;

  /** Which of the built-in roles it is; null when it was made here. */
  @Column({ type: 'text', nullable: true })
  @Index('role_key_key', { unique: true })
  key: BuiltInRole | null;

  @Column({ type: 'text' })
  @Index('role_name_key', { unique: true })
  name: string;

  /** Of a role that was made here. What a built-in role may do is part of the release: see `permissionsOf`. */
  @Column({ type: 'text', array: true })
  permissions: Permission[];

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
