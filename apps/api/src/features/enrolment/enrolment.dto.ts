import {
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
