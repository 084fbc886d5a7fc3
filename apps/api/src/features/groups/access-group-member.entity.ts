import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from '../people/person.entity';
import { AccessGroup } from './access-group.entity';

/** That a person is in an access group. */
@Entity({ name: 'access_group_member' })
// The members in the order in which doors hear of a group.
@Index('access_group_member_slot_idx', { synchronize: false })
export class AccessGroupMember {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'access_group_member_pk' })
  @ForeignKey(() => Person, { name: 'access_group_member_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @PrimaryColumn({ type: 'uuid', name: 'group_id', primaryKeyConstraintName: 'access_group_member_pk' })
  @ForeignKey(() => AccessGroup, { name: 'access_group_member_group_fk', onDelete: 'CASCADE' })
  @Index('access_group_member_group_idx')
  groupId: string;
}
