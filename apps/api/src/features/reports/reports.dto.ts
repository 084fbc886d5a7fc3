import {
  reportDeliveryListSchema,
  reportScheduleIdSchema,
  reportScheduleListSchema,
  reportScheduleRequestSchema,
  reportScheduleSchema,
  savedReportIdSchema,
  savedReportListSchema,
  savedReportRequestSchema,
  savedReportSchema,
  reportExportIdSchema,
  reportExportListSchema,
  reportExportSchema,
  reportExportRequestSchema,
  reportKindsSchema,
  reportPreviewRequestSchema,
  reportPreviewSchema,
  reportChartSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class ReportKindsDto extends createZodDto(reportKindsSchema) {}
export class ReportPreviewRequestDto extends createZodDto(reportPreviewRequestSchema) {}
export class ReportPreviewDto extends createZodDto(reportPreviewSchema) {}
export class ReportChartDto extends createZodDto(reportChartSchema) {}
export class ReportExportRequestDto extends createZodDto(reportExportRequestSchema) {}
export class ReportExportParamsDto extends createZodDto(z.object({ id: reportExportIdSchema })) {}
export class ReportExportDto extends createZodDto(reportExportSchema) {}
export class ReportExportListDto extends createZodDto(reportExportListSchema) {}
export class SavedReportParamsDto extends createZodDto(z.object({ id: savedReportIdSchema })) {}
export class SavedReportRequestDto extends createZodDto(savedReportRequestSchema) {}
export class SavedReportDto extends createZodDto(savedReportSchema) {}
export class SavedReportListDto extends createZodDto(savedReportListSchema) {}
export class ReportScheduleParamsDto extends createZodDto(z.object({ id: reportScheduleIdSchema })) {}
export class ReportScheduleRequestDto extends createZodDto(reportScheduleRequestSchema) {}
export class ReportScheduleDto extends createZodDto(reportScheduleSchema) {}
export class ReportScheduleListDto extends createZodDto(reportScheduleListSchema) {}
export class ReportDeliveryListDto extends createZodDto(reportDeliveryListSchema) {}
