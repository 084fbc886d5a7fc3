import { Injectable } from '@nestjs/common';
import type {
  CreateFloorPlanFields,
  PlaceDoorsRequest,
  UpdateFloorPlanRequest,
  floorPlanListSchema,
  floorPlanSchema,
} from '@munjigi/contracts';
import { decodeImage, encodeJpeg } from '@munjigi/face-core';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import { refusalOf } from '../enrolment/enrolment-errors';
import { FloorPlan } from './floor-plan.entities';
import { presentFloorPlan } from './floor-plan.presenter';
import { doorElsewhere } from './floor-plans.errors';
import { FloorPlansRepository } from './floor-plans.repository';

type FloorPlanView = z.input<typeof floorPlanSchema>;

/** Fine lines and small print stay readable. */
const QUALITY = 88;

/** Pictures of floors, and where the doors are on them. */
@Injectable()
export class FloorPlansService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly plans: FloorPlansRepository,
    private readonly audit: Audit,
  ) {}

  /** The plans of the sites whose doors somebody may see. */
  async list(by: SignedIn): Promise<z.input<typeof floorPlanListSchema>> {
    const plans = await this.plans.list(by.access.reach('doors:read'));
    const doors = await this.plans.doorsOf(plans.map(({ id }) => id));
    return { items: plans.map((plan) => presentFloorPlan(plan, doors.get(plan.id) ?? [])) };
  }

  /** The picture, as JPEG. @throws {AppError} `floor-plans/not-found`, `auth/forbidden` */
  async image(id: string, by: SignedIn): Promise<Uint8Array> {
    by.access.require('doors:read', (await this.plans.get(id)).siteId);
    return this.plans.jpeg(id);
  }

  /**
   * Keeps a picture as a plan, made anew of its pixels: what else was in the file is not kept.
   *
   * @throws {AppError} `auth/forbidden`, `floor-plans/name-taken`, `floor-plans/unknown-site`, `enrolment/unsupported-type`,
   *   `enrolment/image-too-large`, `enrolment/unreadable-image`
   */
  async create(
    { name, siteId }: CreateFloorPlanFields,
    picture: Buffer,
    by: SignedIn,
  ): Promise<FloorPlanView> {
    by.access.require('doors:write', siteId);
    const { jpeg, width, height } = await madeAnew(picture);
    const now = new Date();
    return this.dataSource.transaction(async (manager) => {
      const plan = manager.create(FloorPlan, {
        ...{ id: newId(), siteId, name, width, height, createdAt: now, updatedAt: now },
        jpeg: Buffer.from(jpeg),
      });
      await this.plans.insert(manager, plan);
      await this.audit.record(manager, {
        ...{ by, action: 'floor-plan/created', subjectId: plan.id, siteId },
        after: { name, width, height },
      });
      return presentFloorPlan(plan, []);
    });
  }

  /** @throws {AppError} `floor-plans/not-found`, `auth/forbidden`, `floor-plans/name-taken` */
  async rename(id: string, { name }: UpdateFloorPlanRequest, by: SignedIn): Promise<FloorPlanView> {
    return this.dataSource.transaction(async (manager) => {
      const plan = await this.lock(manager, id, by);
      await this.plans.rename(manager, id, name);
      await this.audit.record(manager, {
        ...{ by, action: 'floor-plan/changed', subjectId: id, siteId: plan.siteId },
        ...{ before: { name: plan.name }, after: { name } },
      });
      return this.describe(manager, id);
    });
  }

  /** @throws {AppError} `floor-plans/not-found`, `auth/forbidden`, `floor-plans/door-elsewhere` */
  async place(id: string, { doors }: PlaceDoorsRequest, by: SignedIn): Promise<FloorPlanView> {
    return this.dataSource.transaction(async (manager) => {
      const plan = await this.lock(manager, id, by);
      const doorIds = doors.map(({ doorId }) => doorId);
      if ((await this.plans.countDoors(manager, plan.siteId, doorIds)) < doors.length) throw doorElsewhere();
      const before = (await this.plans.doorsOf([id], manager)).get(id) ?? [];
      await this.plans.place(manager, id, doors);
      await this.audit.record(manager, {
        ...{ by, action: 'floor-plan/changed', subjectId: id, siteId: plan.siteId },
        before: { doors: before.map(({ doorId, x, y }) => ({ doorId, x, y })) },
        after: { doors },
      });
      return this.describe(manager, id);
    });
  }

  /** @throws {AppError} `floor-plans/not-found`, `auth/forbidden` */
  async remove(id: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { name, siteId } = await this.lock(manager, id, by);
      await this.plans.remove(manager, id);
      await this.audit.record(manager, {
        ...{ by, action: 'floor-plan/deleted', subjectId: id, siteId },
        before: { name },
      });
    });
  }

  private async lock(manager: EntityManager, id: string, by: SignedIn): Promise<FloorPlan> {
    const plan = await this.plans.lock(manager, id);
    by.access.require('doors:write', plan.siteId);
    return plan;
  }

  private async describe(manager: EntityManager, id: string): Promise<FloorPlanView> {
    const doors = await this.plans.doorsOf([id], manager);
    return presentFloorPlan(await this.plans.get(id, manager), doors.get(id) ?? []);
  }
}

async function madeAnew(picture: Buffer): Promise<{ jpeg: Uint8Array; width: number; height: number }> {
  try {
    const frame = await decodeImage(picture);
    return { jpeg: await encodeJpeg(frame, { quality: QUALITY }), width: frame.width, height: frame.height };
  } catch (error) {
    throw refusalOf(error);
  }
}
