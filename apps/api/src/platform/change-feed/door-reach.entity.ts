import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Door } from '../../features/doors/door.entity';
import { AccessGroup } from '../../features/groups/access-group.entity';
import { COUNT_COLUMN } from '../database/columns';

/** Whether the people of a group have a way through a door, and since when that is so. Never was: no row. */
@Entity({ name: 'door_reach' })
export class DoorReachRow {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'door_reach_pk' })
  @ForeignKey(() => Door, { name: 'door_reach_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @PrimaryColumn({ type: 'uuid', name: 'group_id', primaryKeyConstraintName: 'door_reach_pk' })
  @ForeignKey(() => AccessGroup, { name: 'door_reach_group_fk', onDelete: 'CASCADE' })
  @Index('door_reach_group_idx')
  groupId: string;

  @Column({ type: 'boolean' })
  reaches: boolean;

  /** The first of the revisions that the change takes: each person of the group has their own place among them. */
  @Column({ ...COUNT_COLUMN })
  revision: number;
}
