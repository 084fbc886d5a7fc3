import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** When a kind of job that recurs is due next; the processes share it, and one of them makes the job. */
@Entity({ name: 'job_schedule' })
export class JobSchedule {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'job_schedule_pk' })
  name: string;

  /** The recurrence that `nextAt` was reckoned from. */
  @Column({ type: 'text' })
  recurrence: string;

  @Column({ ...INSTANT_COLUMN, name: 'next_at' })
  nextAt: Date;
}
