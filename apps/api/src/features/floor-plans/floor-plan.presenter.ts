import type { floorPlanSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { FloorPlan, FloorPlanDoor } from './floor-plan.entities';

/** A plan as the wire has it, with the doors on it. */
export function presentFloorPlan(
  { id, siteId, name, width, height, createdAt, updatedAt }: FloorPlan,
  doors: readonly FloorPlanDoor[],
): z.input<typeof floorPlanSchema> {
  return {
    ...{ id, siteId, name, width, height },
    imageUrl: `/api/floor-plans/${id}/image`,
    doors: doors.map(({ doorId, x, y }) => ({ doorId, x, y })),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
