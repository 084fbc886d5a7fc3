import type { ConsentHow } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from '../people/person.entity';
import { ConsentText } from './consent-text.entity';

/** That a person agreed to one version of the text. It is withdrawn, never changed. */
@Entity({ name: 'consent' })
@Check('consent_how_known', `"how" IN ('paper', 'screen', 'invitation')`)
@Index('consent_person_idx', ['personId', 'recordedAt'])
export class ConsentRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'consent_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'person_id' })
  @ForeignKey(() => Person, { name: 'consent_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @Column({ type: 'integer', name: 'text_version' })
  @ForeignKey(() => ConsentText, { name: 'consent_text_fk', onDelete: 'RESTRICT' })
  @Index('consent_text_idx')
  textVersion: number;

  @Column({ type: 'text' })
  how: ConsentHow;

  /** As they were called then. */
  @Column({ type: 'text', name: 'recorded_by' })
  recordedBy: string;

  @Column({ ...INSTANT_COLUMN, name: 'recorded_at' })
  recordedAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'withdrawn_at', nullable: true })
  withdrawnAt: Date | null;
}
