import {
  reportExportIdSchema,
  reportExportListSchema,
  reportExportSchema,
  reportExportRequestSchema,
  reportKindsSchema,
  reportPreviewRequestSchema,
  reportPreviewSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class ReportKindsDto extends createZodDto(reportKindsSchema) {}
export class ReportPreviewRequestDto extends createZodDto(reportPreviewRequestSchema) {}
export class ReportPreviewDto extends createZodDto(reportPreviewSchema) {}
export class ReportExportRequestDto extends createZodDto(reportExportRequestSchema) {}
export class ReportExportParamsDto extends createZodDto(z.object({ id: reportExportIdSchema })) {}
export class ReportExportDto extends createZodDto(reportExportSchema) {}
export class ReportExportListDto extends createZodDto(reportExportListSchema) {}
