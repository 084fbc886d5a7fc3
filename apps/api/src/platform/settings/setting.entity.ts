import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** One area's settings, where they differ from what the release begins with. */
@Entity({ name: 'setting' })
export class Setting {
  /** The area, such as `enrolment`. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'setting_pk' })
  key: string;

  @Column({ type: 'jsonb' })
  value: Record<string, unknown>;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
