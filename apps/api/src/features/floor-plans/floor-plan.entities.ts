import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';
import { Site } from '../doors/site.entity';

/** A picture of a floor of a site. */
@Entity({ name: 'floor_plan' })
@Index('floor_plan_name_key', ['siteId', 'name'], { unique: true })
export class FloorPlan {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'floor_plan_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'site_id' })
  @ForeignKey(() => Site, { name: 'floor_plan_site_fk', onDelete: 'RESTRICT' })
  siteId: string;

  @Column({ type: 'text' })
  name: string;

  /** The picture, made anew of its pixels alone. */
  @Column({ type: 'bytea', select: false })
  jpeg: Buffer;

  /** Pixels. */
  @Column({ type: 'int' })
  width: number;

  @Column({ type: 'int' })
  height: number;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}

/** Where a door is on a plan, in fractions of the picture's size. */
@Entity({ name: 'floor_plan_door' })
@Check('floor_plan_door_inside', `"x" BETWEEN 0 AND 1 AND "y" BETWEEN 0 AND 1`)
export class FloorPlanDoor {
  @PrimaryColumn({ type: 'uuid', name: 'floor_plan_id', primaryKeyConstraintName: 'floor_plan_door_pk' })
  @ForeignKey(() => FloorPlan, { name: 'floor_plan_door_plan_fk', onDelete: 'CASCADE' })
  floorPlanId: string;

  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'floor_plan_door_pk' })
  @ForeignKey(() => Door, { name: 'floor_plan_door_door_fk', onDelete: 'CASCADE' })
  @Index('floor_plan_door_door_idx')
  doorId: string;

  @Column({ type: 'float8' })
  x: number;

  @Column({ type: 'float8' })
  y: number;
}
