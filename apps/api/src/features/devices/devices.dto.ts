import {
  doorIdSchema,
  doorPairingCodeSchema,
  doorSchema,
  pairAnswerSchema,
  pairRequestSchema,
  revokeDeviceRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class DeviceDoorParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class DeviceDoorDto extends createZodDto(doorSchema) {}
export class DoorPairingCodeDto extends createZodDto(doorPairingCodeSchema) {}
export class RevokeDeviceRequestDto extends createZodDto(revokeDeviceRequestSchema) {}
export class PairRequestDto extends createZodDto(pairRequestSchema) {}
export class PairAnswerDto extends createZodDto(pairAnswerSchema) {}
