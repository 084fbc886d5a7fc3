import {
  administratorIdSchema,
  administratorListSchema,
  administratorSchema,
  administratorWithInvitationSchema,
  createAdministratorRequestSchema,
  createRoleRequestSchema,
  replaceGrantsRequestSchema,
  roleIdSchema,
  roleListSchema,
  roleSchema,
  sessionIdSchema,
  signInSessionListSchema,
  updateAdministratorRequestSchema,
  updateRoleRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class AdministratorParamsDto extends createZodDto(z.object({ id: administratorIdSchema })) {}
export class AdministratorSessionParamsDto extends createZodDto(
  z.object({ id: administratorIdSchema, sessionId: sessionIdSchema }),
) {}
export class SessionParamsDto extends createZodDto(z.object({ id: sessionIdSchema })) {}
export class AdministratorDto extends createZodDto(administratorSchema) {}
export class AdministratorListDto extends createZodDto(administratorListSchema) {}
export class AdministratorWithInvitationDto extends createZodDto(administratorWithInvitationSchema) {}
export class CreateAdministratorRequestDto extends createZodDto(createAdministratorRequestSchema) {}
export class UpdateAdministratorRequestDto extends createZodDto(updateAdministratorRequestSchema) {}
export class ReplaceGrantsRequestDto extends createZodDto(replaceGrantsRequestSchema) {}
export class SignInSessionListDto extends createZodDto(signInSessionListSchema) {}
export class RoleParamsDto extends createZodDto(z.object({ id: roleIdSchema })) {}
export class RoleDto extends createZodDto(roleSchema) {}
export class RoleListDto extends createZodDto(roleListSchema) {}
export class CreateRoleRequestDto extends createZodDto(createRoleRequestSchema) {}
export class UpdateRoleRequestDto extends createZodDto(updateRoleRequestSchema) {}
