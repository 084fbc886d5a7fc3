import { jobIdSchema, jobSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class JobParamsDto extends createZodDto(z.object({ id: jobIdSchema })) {}
export class JobDto extends createZodDto(jobSchema) {}
