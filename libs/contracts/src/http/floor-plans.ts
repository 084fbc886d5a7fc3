import * as z from 'zod';
import { doorIdSchema, floorPlanIdSchema, siteIdSchema } from '../primitives/ids';
import { instantSchema, placeNameSchema } from '../primitives/scalars';

/** The most doors on one plan. */
export const FLOOR_PLAN_DOORS_MAX = 500;

/** Where a door is on a plan, in fractions of the picture's width and height; 0, 0 is the top left. */
export const floorPlanPlaceSchema = z.object({
  doorId: doorIdSchema,
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
});

/** A picture of a floor with the site's doors on it. */
export const floorPlanSchema = z.object({
  id: floorPlanIdSchema,
  siteId: siteIdSchema,
  /** Unique within its site. */
  name: placeNameSchema,
  /** Of the picture as it is kept, in pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Path of the picture, a JPEG; another one for another picture. */
  imageUrl: z.string(),
  doors: z.array(floorPlanPlaceSchema),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** `GET /api/floor-plans`, by name. */
export const floorPlanListSchema = z.object({ items: z.array(floorPlanSchema) });

/** `POST /api/floor-plans`: the fields beside one file named `photo` (JPEG, PNG or WebP). */
export const createFloorPlanFieldsSchema = z.object({ name: placeNameSchema, siteId: siteIdSchema });

/** `PATCH /api/floor-plans/{id}` */
export const updateFloorPlanRequestSchema = z.object({ name: placeNameSchema });

/** `PUT /api/floor-plans/{id}/doors`: all doors of the plan; those that are not named leave it. */
export const placeDoorsRequestSchema = z.object({
  doors: z
    .array(floorPlanPlaceSchema)
    .max(FLOOR_PLAN_DOORS_MAX)
    .refine(
      (doors) => new Set(doors.map(({ doorId }) => doorId)).size === doors.length,
      'must name a door once',
    ),
});

export type FloorPlanPlace = z.infer<typeof floorPlanPlaceSchema>;
export type FloorPlan = z.infer<typeof floorPlanSchema>;
export type CreateFloorPlanFields = z.infer<typeof createFloorPlanFieldsSchema>;
export type UpdateFloorPlanRequest = z.infer<typeof updateFloorPlanRequestSchema>;
export type PlaceDoorsRequest = z.infer<typeof placeDoorsRequestSchema>;
