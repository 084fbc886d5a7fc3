import {
  createDoorRequestSchema,
  doorIdSchema,
  doorListSchema,
  doorSchema,
  doorWithTokenSchema,
  updateDoorRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class DoorParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class DoorDto extends createZodDto(doorSchema) {}
export class DoorListDto extends createZodDto(doorListSchema) {}
export class DoorWithTokenDto extends createZodDto(doorWithTokenSchema) {}
export class CreateDoorRequestDto extends createZodDto(createDoorRequestSchema) {}
export class UpdateDoorRequestDto extends createZodDto(updateDoorRequestSchema) {}
