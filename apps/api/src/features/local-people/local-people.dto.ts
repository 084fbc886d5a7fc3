import {
  acceptLocalPersonRequestSchema,
  doorIdSchema,
  localPeopleResponseSchema,
  personIdSchema,
  rejectLocalPersonRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class LocalPersonParamsDto extends createZodDto(
  z.object({ id: doorIdSchema, personId: personIdSchema }),
) {}
export class LocalPeopleResponseDto extends createZodDto(localPeopleResponseSchema) {}
export class AcceptLocalPersonRequestDto extends createZodDto(acceptLocalPersonRequestSchema) {}
export class RejectLocalPersonRequestDto extends createZodDto(rejectLocalPersonRequestSchema) {}
