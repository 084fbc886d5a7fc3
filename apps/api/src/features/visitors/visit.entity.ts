import type { VisitRecurrence } from '@munjigi/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from '../people/person.entity';

/** Why and when a visitor comes; from when until when is the validity of their person. */
@Entity({ name: 'visit' })
@Index('visit_open_idx', ['personId'], { where: '(forgotten_at IS NULL)' })
export class Visit {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'visit_pk' })
  @ForeignKey(() => Person, { name: 'visit_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @Column({ type: 'uuid', name: 'host_id', nullable: true })
  @ForeignKey(() => Person, { name: 'visit_host_fk', onDelete: 'SET NULL' })
  @Index('visit_host_idx')
  hostId: string | null;

  @Column({ type: 'text' })
  purpose: string;

  @Column({ type: 'text', nullable: true })
  company: string | null;

  @Column({ type: 'jsonb', nullable: true })
  recurrence: VisitRecurrence | null;

  @Column({ ...INSTANT_COLUMN, name: 'ended_at', nullable: true })
  endedAt: Date | null;

  /** When templates and picture were deleted after the end. */
  @Column({ ...INSTANT_COLUMN, name: 'forgotten_at', nullable: true })
  forgottenAt: Date | null;
}
