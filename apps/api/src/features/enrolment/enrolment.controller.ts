import {
  Body,
  Controller,
  Delete,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { notTheSamePersonSchema } from '@munjigi/contracts';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorParamsDto } from '../doors/doors.dto';
import { PersonParamsDto } from '../people/people.dto';
import {
  EnrolmentLookDto,
  EnrolPhotoResponseDto,
  EnrolTrackRequestDto,
  EnrolTrackResponseDto,
  LOOK_BODY,
  TemplateParamsDto,
} from './enrolment.dto';
import { missingFile } from './enrolment-errors';
import { EnrolmentService } from './enrolment.service';
import { parseFields } from './parse-fields';
import { PhotoInterceptor, type PhotoRequest } from './photo.interceptor';

@ApiTags('enrolment')
@Controller()
export class EnrolmentController {
  constructor(private readonly enrolment: EnrolmentService) {}

  @Post('people/:id/photos')
  @Requires('enrolment:write')
  @UseInterceptors(PhotoInterceptor)
  @ApiOperation({ summary: 'Enrols a person from a photo that shows them alone' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['photo'],
      properties: {
        photo: { type: 'string', format: 'binary', description: 'JPEG, PNG or WebP, at most 20 MiB' },
        confirm: {
          type: 'string',
          enum: ['not-the-same-person'],
          description: 'Somebody else was found alike, and it is not them',
        },
        reason: { type: 'string', maxLength: 500, description: 'How you know; needed with confirm' },
      },
    },
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: EnrolPhotoResponseDto })
  enrolPhoto(@Param() { id }: PersonParamsDto, @Req() req: PhotoRequest, @CurrentSession() by: SignedIn) {
    if (!req.file) throw missingFile();
    const confirmation = parseFields(notTheSamePersonSchema, req.body);
    return this.enrolment.enrolPhoto(id, { photo: req.file.buffer, confirmation }, by);
  }

  @Post('enrolment/looks')
  @Requires('enrolment:write')
  @UseInterceptors(PhotoInterceptor)
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'What is to be seen on a picture, of which nothing is kept' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(LOOK_BODY)
  @ZodResponse({ status: HttpStatus.OK, type: EnrolmentLookDto })
  look(@Req() req: PhotoRequest) {
    if (!req.file) throw missingFile();
    return this.enrolment.look(req.file.buffer);
  }

  @Delete('people/:id/templates/:templateId')
  @Requires('enrolment:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Takes one template from a person' })
  removeTemplate(
    @Param() { id, templateId }: TemplateParamsDto,
    @CurrentSession() by: SignedIn,
  ): Promise<void> {
    return this.enrolment.removeTemplate(id, templateId, by);
  }

  @Delete('people/:id/portrait')
  @Requires('enrolment:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Takes a person’s picture away; their templates stay' })
  removePortrait(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.enrolment.removePortrait(id, by);
  }

  @Post('doors/:id/enrolments')
  @Requires('enrolment:write')
  @ApiOperation({ summary: 'Makes a new person of a face that stands before a door now' })
  @ZodResponse({ status: HttpStatus.CREATED, type: EnrolTrackResponseDto })
  enrolTrack(
    @Param() { id }: DoorParamsDto,
    @Body() body: EnrolTrackRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.enrolment.enrolTrack(id, body, by);
  }
}
