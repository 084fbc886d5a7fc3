import {
  floorPlanIdSchema,
  floorPlanListSchema,
  floorPlanSchema,
  placeDoorsRequestSchema,
  updateFloorPlanRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class FloorPlanDto extends createZodDto(floorPlanSchema) {}
export class FloorPlanListDto extends createZodDto(floorPlanListSchema) {}
export class UpdateFloorPlanRequestDto extends createZodDto(updateFloorPlanRequestSchema) {}
export class PlaceDoorsRequestDto extends createZodDto(placeDoorsRequestSchema) {}
export class FloorPlanParamsDto extends createZodDto(z.object({ id: floorPlanIdSchema })) {}
