import {
  auditChainSchema,
  auditCheckpointSchema,
  auditExportQuerySchema,
  auditKeyListSchema,
  auditPageSchema,
  auditQuerySchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class AuditQueryDto extends createZodDto(auditQuerySchema) {}
export class AuditPageDto extends createZodDto(auditPageSchema) {}
export class AuditExportQueryDto extends createZodDto(auditExportQuerySchema) {}
export class AuditKeyListDto extends createZodDto(auditKeyListSchema) {}
export class AuditCheckpointDto extends createZodDto(auditCheckpointSchema) {}
export class AuditChainDto extends createZodDto(auditChainSchema) {}
