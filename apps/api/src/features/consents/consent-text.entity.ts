import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** A version of what people consent to. Rows are only ever added. */
@Entity({ name: 'consent_text' })
export class ConsentText {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'consent_text_pk' })
  version: number;

  /** By language. */
  @Column({ type: 'jsonb' })
  texts: Record<string, string>;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
