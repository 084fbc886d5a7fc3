import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** A place with doors. The first one is made with the database. */
@Entity({ name: 'site' })
export class Site {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'site_pk' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  /** IANA name; schedules of the site's doors are read by its wall clock. */
  @Column({ type: 'text', name: 'time_zone', default: 'UTC' })
  timeZone: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
