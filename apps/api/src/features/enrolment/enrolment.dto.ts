import type { ApiBodyOptions } from '@nestjs/swagger';
import {
  enrolmentLookSchema,
  enrolPhotoResponseSchema,
  enrolTrackRequestSchema,
  enrolTrackResponseSchema,
  personIdSchema,
  templateIdSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class EnrolPhotoResponseDto extends createZodDto(enrolPhotoResponseSchema) {}
export class TemplateParamsDto extends createZodDto(
  z.object({ id: personIdSchema, templateId: templateIdSchema }),
) {}
export class EnrolTrackRequestDto extends createZodDto(enrolTrackRequestSchema) {}
export class EnrolTrackResponseDto extends createZodDto(enrolTrackResponseSchema) {}
export class EnrolmentLookDto extends createZodDto(enrolmentLookSchema) {}

/** A request that is one picture. */
export const LOOK_BODY: ApiBodyOptions = {
  schema: {
    type: 'object',
    required: ['photo'],
    properties: {
      photo: { type: 'string', format: 'binary', description: 'JPEG, PNG or WebP, at most 20 MiB' },
      textVersion: { type: 'integer', description: 'Version of the consent text that was agreed to' },
    },
  },
};
