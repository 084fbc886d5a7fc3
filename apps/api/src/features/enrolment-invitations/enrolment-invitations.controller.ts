import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Req,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  acceptEnrolmentInvitationSchema,
  enrolmentInvitationSchema,
  openedEnrolmentInvitationSchema,
} from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Public } from '../../platform/auth/public.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { sourceOf } from '../../platform/auth/source-of';
import { EnrolmentLookDto, LOOK_BODY } from '../enrolment/enrolment.dto';
import { missingFile } from '../enrolment/enrolment-errors';
import { parseFields } from '../enrolment/parse-fields';
import { PhotoInterceptor, type PhotoRequest } from '../enrolment/photo.interceptor';
import { PersonParamsDto } from '../people/people.dto';
import { ENROLMENT_TOKEN_HEADER, EnrolmentTokenGuard } from './enrolment-token.guard';
import { EnrolmentInvitationsService } from './enrolment-invitations.service';

class EnrolmentInvitationDto extends createZodDto(enrolmentInvitationSchema) {}
class OpenedEnrolmentInvitationDto extends createZodDto(openedEnrolmentInvitationSchema) {}

const TOKEN_HEADER = { name: ENROLMENT_TOKEN_HEADER, required: true, description: 'Token of the invitation' };

@ApiTags('enrolment')
@Controller()
export class EnrolmentInvitationsController {
  constructor(private readonly invitations: EnrolmentInvitationsService) {}

  @Post('people/:id/enrolment-invitation')
  @Requires('enrolment:write')
  @ApiOperation({ summary: 'Makes a link with which a person enrols their own face, once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: EnrolmentInvitationDto })
  make(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn) {
    return this.invitations.make(id, by);
  }

  @Delete('people/:id/enrolment-invitation')
  @Requires('enrolment:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Takes back the link that a person has' })
  takeBack(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.invitations.takeBack(id, by);
  }

  @Get('enrolment-invitations')
  @Public()
  @UseGuards(EnrolmentTokenGuard)
  @ApiHeader(TOKEN_HEADER)
  @ApiOperation({ summary: 'Whom an invitation is for, and what they have to agree to' })
  @ZodResponse({ type: OpenedEnrolmentInvitationDto })
  open(@Headers(ENROLMENT_TOKEN_HEADER) token: string) {
    return this.invitations.open(token);
  }

  @Post('enrolment-invitations/looks')
  @Public()
  @UseGuards(EnrolmentTokenGuard)
  @UseInterceptors(PhotoInterceptor)
  @HttpCode(HttpStatus.OK)
  @ApiHeader(TOKEN_HEADER)
  @ApiConsumes('multipart/form-data')
  @ApiBody(LOOK_BODY)
  @ApiOperation({ summary: 'What is to be seen on a picture, of which nothing is kept' })
  @ZodResponse({ status: HttpStatus.OK, type: EnrolmentLookDto })
  look(@Headers(ENROLMENT_TOKEN_HEADER) token: string, @Req() req: PhotoRequest) {
    if (!req.file) throw missingFile();
    return this.invitations.look(token, req.file.buffer);
  }

  @Post('enrolment-invitations/photo')
  @Public()
  @UseGuards(EnrolmentTokenGuard)
  @UseInterceptors(PhotoInterceptor)
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiHeader(TOKEN_HEADER)
  @ApiConsumes('multipart/form-data')
  @ApiBody(LOOK_BODY)
  @ApiOperation({ summary: 'Enrols the invited person, and uses the invitation up' })
  accept(@Headers(ENROLMENT_TOKEN_HEADER) token: string, @Req() req: PhotoRequest): Promise<void> {
    if (!req.file) throw missingFile();
    const agreed = parseFields(acceptEnrolmentInvitationSchema, req.body);
    return this.invitations.accept(token, { photo: req.file.buffer, ...agreed }, sourceOf(req).address);
  }
}
