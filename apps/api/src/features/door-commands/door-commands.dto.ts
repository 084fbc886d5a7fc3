import { doorIdSchema, unlockDoorRequestSchema, unlockDoorResponseSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class DoorCommandParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class UnlockDoorRequestDto extends createZodDto(unlockDoorRequestSchema) {}
export class UnlockDoorResponseDto extends createZodDto(unlockDoorResponseSchema) {}
