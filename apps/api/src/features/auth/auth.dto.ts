import { acceptInvitationRequestSchema, loginRequestSchema, sessionSchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class LoginRequestDto extends createZodDto(loginRequestSchema) {}
export class SessionDto extends createZodDto(sessionSchema) {}
export class AcceptInvitationRequestDto extends createZodDto(acceptInvitationRequestSchema) {}
