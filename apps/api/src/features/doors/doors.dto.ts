import {
  createDoorRequestSchema,
  doorIdSchema,
  doorListSchema,
  doorRiskQuerySchema,
  doorRiskSchema,
  doorSchema,
  doorWithTokenSchema,
  updateDoorRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class DoorParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class DoorDto extends createZodDto(doorSchema) {}
export class DoorRiskDto extends createZodDto(doorRiskSchema) {}
export class DoorRiskQueryDto extends createZodDto(doorRiskQuerySchema) {}
export class DoorListDto extends createZodDto(doorListSchema) {}
export class DoorWithTokenDto extends createZodDto(doorWithTokenSchema) {}
export class CreateDoorRequestDto extends createZodDto(createDoorRequestSchema) {}
export class UpdateDoorRequestDto extends createZodDto(updateDoorRequestSchema) {}
