import {
  enrolPhotoResponseSchema,
  enrolTrackRequestSchema,
  enrolTrackResponseSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class EnrolPhotoResponseDto extends createZodDto(enrolPhotoResponseSchema) {}
export class EnrolTrackRequestDto extends createZodDto(enrolTrackRequestSchema) {}
export class EnrolTrackResponseDto extends createZodDto(enrolTrackResponseSchema) {}
