import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { EnrolmentInvitationsService } from './enrolment-invitations.service';
import { invitationInvalid } from './enrolment-invitations.errors';

/** Where the token of an invitation travels: not in an address, which logs and histories keep. */
export const ENROLMENT_TOKEN_HEADER = 'x-enrolment-token';

/** Lets pass whoever holds an invitation that can be used, before anything of the body is read. */
@Injectable()
export class EnrolmentTokenGuard implements CanActivate {
  constructor(private readonly invitations: EnrolmentInvitationsService) {}

  /** @throws {AppError} `enrolment/invitation-invalid` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const token = context.switchToHttp().getRequest<Request>().header(ENROLMENT_TOKEN_HEADER);
    if (!token) throw invitationInvalid();
    await this.invitations.requireUsable(token);
    return true;
  }
}
