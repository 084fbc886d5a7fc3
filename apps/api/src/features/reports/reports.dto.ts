import {
  reportExportRequestSchema,
  reportKindsSchema,
  reportPreviewRequestSchema,
  reportPreviewSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class ReportKindsDto extends createZodDto(reportKindsSchema) {}
export class ReportPreviewRequestDto extends createZodDto(reportPreviewRequestSchema) {}
export class ReportPreviewDto extends createZodDto(reportPreviewSchema) {}
export class ReportExportRequestDto extends createZodDto(reportExportRequestSchema) {}
