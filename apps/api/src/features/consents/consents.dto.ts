import {
  consentSchema,
  consentTextSchema,
  consentTextsSchema,
  consentsSchema,
  createConsentTextRequestSchema,
  privacySettingsSchema,
  recordConsentRequestSchema,
  withdrawConsentRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class ConsentDto extends createZodDto(consentSchema) {}
export class ConsentsDto extends createZodDto(consentsSchema) {}
export class ConsentTextDto extends createZodDto(consentTextSchema) {}
export class ConsentTextsDto extends createZodDto(consentTextsSchema) {}
export class CreateConsentTextRequestDto extends createZodDto(createConsentTextRequestSchema) {}
export class PrivacySettingsDto extends createZodDto(privacySettingsSchema) {}
export class RecordConsentRequestDto extends createZodDto(recordConsentRequestSchema) {}
export class WithdrawConsentRequestDto extends createZodDto(withdrawConsentRequestSchema) {}
