import { dismissFirstRunRequestSchema, firstRunSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class FirstRunDto extends createZodDto(firstRunSchema) {}
export class DismissFirstRunRequestDto extends createZodDto(dismissFirstRunRequestSchema) {}
