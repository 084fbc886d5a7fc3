import { Injectable } from '@nestjs/common';
import type { FloorPlanPlace } from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { violatedConstraint } from '../../platform/database/database-errors';
import { Door } from '../doors/door.entity';
import { FloorPlan, FloorPlanDoor } from './floor-plan.entities';
import { nameIsTaken, planNotFound, unknownSite } from './floor-plans.errors';

/** The only place that reads and writes floor plans. */
@Injectable()
export class FloorPlansRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The plans within reach, by name. */
  list(reach: Reach): Promise<FloorPlan[]> {
    return this.dataSource.getRepository(FloorPlan).find({
      where: reach === 'everywhere' ? {} : { siteId: In([...reach]) },
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  /** @throws {AppError} `floor-plans/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<FloorPlan> {
    const plan = await manager.findOneBy(FloorPlan, { id });
    if (!plan) throw planNotFound();
    return plan;
  }

  /** Keeps a plan from being changed by others until the transaction ends. @throws {AppError} `floor-plans/not-found` */
  async lock(manager: EntityManager, id: string): Promise<FloorPlan> {
    const plan = await manager.findOne(FloorPlan, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!plan) throw planNotFound();
    return plan;
  }

  /** The picture of a plan that exists. */
  async jpeg(id: string): Promise<Uint8Array> {
    const { jpeg } = await this.dataSource
      .getRepository(FloorPlan)
      .findOneOrFail({ where: { id }, select: { id: true, jpeg: true } });
    return jpeg;
  }

  /** The doors on these plans, by the plan. */
  async doorsOf(
    planIds: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ReadonlyMap<string, readonly FloorPlanDoor[]>> {
    const places = await manager.find(FloorPlanDoor, {
      where: { floorPlanId: In([...planIds]) },
      order: { doorId: 'ASC' },
    });
    return new Map(planIds.map((id) => [id, places.filter(({ floorPlanId }) => floorPlanId === id)]));
  }

  /** @throws {AppError} `floor-plans/name-taken`, `floor-plans/unknown-site` */
  async insert(manager: EntityManager, plan: FloorPlan): Promise<void> {
    await translated(manager.insert(FloorPlan, plan));
  }

  /** @throws {AppError} `floor-plans/name-taken` */
  async rename(manager: EntityManager, id: string, name: string): Promise<void> {
    await translated(manager.update(FloorPlan, { id }, { name, updatedAt: new Date() }));
  }

  /** How many of these doors a site has. */
  countDoors(manager: EntityManager, siteId: string, doorIds: readonly string[]): Promise<number> {
    return manager.countBy(Door, { siteId, id: In([...doorIds]) });
  }

  /** Puts these doors on the plan, and all others off it. */
  async place(manager: EntityManager, floorPlanId: string, doors: readonly FloorPlanPlace[]): Promise<void> {
    await manager.delete(FloorPlanDoor, { floorPlanId });
    await manager.insert(
      FloorPlanDoor,
      doors.map(({ doorId, x, y }) => ({ floorPlanId, doorId, x, y })),
    );
    await manager.update(FloorPlan, { id: floorPlanId }, { updatedAt: new Date() });
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(FloorPlan, { id });
  }
}

async function translated(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'floor_plan_name_key') throw nameIsTaken(error);
    throw constraint === 'floor_plan_site_fk' ? unknownSite() : error;
  }
}
