import { Body, Controller, HttpStatus, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorParamsDto } from '../doors/doors.dto';
import { PersonParamsDto } from '../people/people.dto';
import { EnrolPhotoResponseDto, EnrolTrackRequestDto, EnrolTrackResponseDto } from './enrolment.dto';
import { missingFile } from './enrolment-errors';
import { EnrolmentService } from './enrolment.service';
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
      },
    },
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: EnrolPhotoResponseDto })
  enrolPhoto(@Param() { id }: PersonParamsDto, @Req() req: PhotoRequest, @CurrentSession() by: SignedIn) {
    if (!req.file) throw missingFile();
    return this.enrolment.enrolPhoto(id, req.file.buffer, by);
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
