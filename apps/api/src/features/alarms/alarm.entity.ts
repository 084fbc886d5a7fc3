import type { AlarmKind, AlarmSeverity, AlarmState } from '@munjigi/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** Something that somebody must look at, and what became of it. Sites and doors are no foreign keys: alarms outlive them. */
@Entity({ name: 'alarm' })
@Check('alarm_state_known', `"state" IN ('raised', 'acknowledged', 'resolved')`)
@Check('alarm_severity_known', `"severity" IN ('low', 'medium', 'high', 'critical')`)
@Index('alarm_open_key', ['key'], { unique: true, where: `"state" <> 'resolved'` })
@Index('alarm_time_idx', ['raisedAt', 'id'])
@Index('alarm_open_time_idx', ['raisedAt', 'id'], { where: `"state" <> 'resolved'` })
@Index('alarm_site_time_idx', ['siteId', 'raisedAt', 'id'])
@Index('alarm_door_time_idx', ['doorId', 'raisedAt', 'id'])
export class AlarmRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'alarm_pk' })
  id: string;

  /** What it is about, such as `door-forced/<door>`: one alarm of a key is open at a time. */
  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'text' })
  kind: AlarmKind;

  @Column({ type: 'text' })
  severity: AlarmSeverity;

  @Column({ type: 'text' })
  state: AlarmState;

  /** Null: it concerns the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  siteId: string | null;

  @Column({ type: 'uuid', name: 'door_id', nullable: true })
  doorId: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'raised_at' })
  raisedAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'last_at' })
  lastAt: Date;

  /** How often it happened while the alarm was open. */
  @Column({ type: 'integer' })
  count: number;

  @Column({ ...INSTANT_COLUMN, name: 'acknowledged_at', nullable: true })
  acknowledgedAt: Date | null;

  /** As they were called then. */
  @Column({ type: 'text', name: 'acknowledged_by', nullable: true })
  acknowledgedBy: string | null;

  @Column({ type: 'text', name: 'acknowledged_note', nullable: true })
  acknowledgedNote: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;

  /** Null when it ended by itself. */
  @Column({ type: 'text', name: 'resolved_by', nullable: true })
  resolvedBy: string | null;

  @Column({ type: 'text', name: 'resolved_note', nullable: true })
  resolvedNote: string | null;

  @Column({ type: 'jsonb' })
  details: Record<string, string | number | boolean | null>;
}
