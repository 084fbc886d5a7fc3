import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** One API process that serves this database. A row that is not renewed is of a process that is no more. */
@Entity({ name: 'server_node' })
export class ServerNode {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'server_node_pk' })
  id: string;

  @Column({ ...INSTANT_COLUMN, name: 'started_at' })
  startedAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'seen_at' })
  seenAt: Date;
}
