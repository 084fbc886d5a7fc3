import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorParamsDto } from '../doors/doors.dto';
import { EnrolTrackResponseDto } from '../enrolment/enrolment.dto';
import {
  AcceptLocalPersonRequestDto,
  LocalPeopleResponseDto,
  LocalPersonParamsDto,
  RejectLocalPersonRequestDto,
} from './local-people.dto';
import { LocalPeopleService } from './local-people.service';

@ApiTags('enrolment')
@Controller('doors/:id/local-people')
export class LocalPeopleController {
  constructor(private readonly local: LocalPeopleService) {}

  @Get()
  @Requires('enrolment:write')
  @ApiOperation({ summary: 'Lists who was registered at a door itself and waits for an administrator' })
  @ZodResponse({ status: HttpStatus.OK, type: LocalPeopleResponseDto })
  list(@Param() { id }: DoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.local.list(id, by);
  }

  @Get(':personId/photo')
  @Requires('enrolment:write')
  @ApiOperation({ summary: 'Shows the best picture of somebody who was registered at a door itself' })
  @ApiProduces('image/jpeg')
  async photo(
    @Param() { id, personId }: LocalPersonParamsDto,
    @CurrentSession() by: SignedIn,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.local.photo(id, personId, by), { type: 'image/jpeg' });
  }

  @Post(':personId/accept')
  @Requires('enrolment:write')
  @ApiOperation({
    summary: 'Takes somebody over from a door, as a new person or as one who is there already',
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: EnrolTrackResponseDto })
  accept(
    @Param() { id, personId }: LocalPersonParamsDto,
    @Body() body: AcceptLocalPersonRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.local.accept(id, personId, body, by);
  }

  @Post(':personId/reject')
  @Requires('enrolment:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Makes a door forget somebody who was registered at it' })
  reject(
    @Param() { id, personId }: LocalPersonParamsDto,
    @Body() body: RejectLocalPersonRequestDto,
    @CurrentSession() by: SignedIn,
  ): Promise<void> {
    return this.local.reject(id, personId, body, by);
  }
}
