import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN } from '../database/columns';

/**
 * The end of the change feed, one row.
 *
 * Its row lock is what orders revisions: a writer takes the next one by updating the row and holds it until it
 * commits, so no reader ever sees a revision while a lower one is still to appear.
 */
@Entity({ name: 'change_head' })
@Check('change_head_single', '"id" = 1')
export class ChangeHead {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'change_head_pk' })
  id: number;

  /** The last revision given out. */
  @Column({ ...COUNT_COLUMN })
  revision: number;

  /**
   * Where this database began counting: the second in which it was made. A cursor that is neither 0 nor between this
   * and `revision` comes from another database.
   */
  @Column({ ...COUNT_COLUMN, name: 'base_revision' })
  baseRevision: number;
}
