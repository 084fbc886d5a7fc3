import {
  commandIdSchema,
  diagnosticsSchema,
  doorCommandListSchema,
  doorCommandRecordSchema,
  doorIdSchema,
  tellDoorRequestSchema,
  unlockDoorRequestSchema,
  unlockDoorResponseSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class DoorCommandParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class OneDoorCommandParamsDto extends createZodDto(
  z.object({ id: doorIdSchema, commandId: commandIdSchema }),
) {}
export class UnlockDoorRequestDto extends createZodDto(unlockDoorRequestSchema) {}
export class UnlockDoorResponseDto extends createZodDto(unlockDoorResponseSchema) {}
export class TellDoorRequestDto extends createZodDto(tellDoorRequestSchema) {}
export class DoorCommandRecordDto extends createZodDto(doorCommandRecordSchema) {}
export class DoorCommandListDto extends createZodDto(doorCommandListSchema) {}
export class DiagnosticsDto extends createZodDto(diagnosticsSchema) {}
