import { doorCameraSchema, doorIdSchema, setDoorCameraRequestSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class CameraParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class DoorCameraDto extends createZodDto(doorCameraSchema) {}
export class SetDoorCameraRequestDto extends createZodDto(setDoorCameraRequestSchema) {}
