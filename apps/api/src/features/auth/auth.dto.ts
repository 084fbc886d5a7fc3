import {
  acceptInvitationRequestSchema,
  accountSchema,
  changePasswordRequestSchema,
  confirmSecondFactorRequestSchema,
  createPasskeyRequestSchema,
  loginRequestSchema,
  passkeyIdSchema,
  passkeyListSchema,
  passkeyOptionsSchema,
  passkeySchema,
  passkeySignInRequestSchema,
  recoveryCodesSchema,
  secondFactorOfferSchema,
  sessionSchema,
  stepUpRequestSchema,
  updatePasskeyRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class LoginRequestDto extends createZodDto(loginRequestSchema) {}
export class SessionDto extends createZodDto(sessionSchema) {}
export class StepUpRequestDto extends createZodDto(stepUpRequestSchema) {}
export class AcceptInvitationRequestDto extends createZodDto(acceptInvitationRequestSchema) {}
export class AccountDto extends createZodDto(accountSchema) {}
export class ChangePasswordRequestDto extends createZodDto(changePasswordRequestSchema) {}
export class SecondFactorOfferDto extends createZodDto(secondFactorOfferSchema) {}
export class ConfirmSecondFactorRequestDto extends createZodDto(confirmSecondFactorRequestSchema) {}
export class RecoveryCodesDto extends createZodDto(recoveryCodesSchema) {}
export class PasskeyParamsDto extends createZodDto(z.object({ id: passkeyIdSchema })) {}
export class PasskeyDto extends createZodDto(passkeySchema) {}
export class PasskeyListDto extends createZodDto(passkeyListSchema) {}
export class PasskeyOptionsDto extends createZodDto(passkeyOptionsSchema) {}
export class CreatePasskeyRequestDto extends createZodDto(createPasskeyRequestSchema) {}
export class UpdatePasskeyRequestDto extends createZodDto(updatePasskeyRequestSchema) {}
export class PasskeySignInRequestDto extends createZodDto(passkeySignInRequestSchema) {}
