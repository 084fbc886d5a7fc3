import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** How often signing in has failed of late, for one account, browser or address. */
@Entity({ name: 'sign_in_attempt' })
export class SignInAttempt {
  /** What is counted, and the SHA-256 of which one: people type passwords where addresses belong. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'sign_in_attempt_pk' })
  key: string;

  @Column({ type: 'int' })
  failures: number;

  @Column({ ...INSTANT_COLUMN, name: 'last_at' })
  @Index('sign_in_attempt_time_idx')
  lastAt: Date;

  /** Until when further attempts are refused unseen. */
  @Column({ ...INSTANT_COLUMN, name: 'blocked_until', nullable: true })
  blockedUntil: Date | null;
}
