import {
  apiTokenIdSchema,
  apiTokenListSchema,
  apiTokenWithSecretSchema,
  createApiTokenRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class ApiTokenParamsDto extends createZodDto(z.object({ id: apiTokenIdSchema })) {}
export class ApiTokenListDto extends createZodDto(apiTokenListSchema) {}
export class ApiTokenWithSecretDto extends createZodDto(apiTokenWithSecretSchema) {}
export class CreateApiTokenRequestDto extends createZodDto(createApiTokenRequestSchema) {}
