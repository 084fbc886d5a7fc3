import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { presentDocument } from './access-document.presenter';
import { AccessDocuments, type Draft } from './access-documents.service';
import { ScheduleDto, ScheduleListDto, ScheduleParamsDto, ScheduleRequestDto } from './access.dto';

@ApiTags('access')
@Controller('schedules')
export class SchedulesController {
  constructor(private readonly documents: AccessDocuments) {}

  @Get()
  @Requires('access:read')
  @ApiOperation({ summary: 'Every schedule that you may see' })
  @ZodResponse({ type: ScheduleListDto })
  async list(@CurrentSession() by: SignedIn) {
    return { items: (await this.documents.list('schedule', by)).map(present) };
  }

  @Post()
  @Requires('access:write')
  @ApiOperation({ summary: 'Adds a schedule' })
  @ZodResponse({ status: HttpStatus.CREATED, type: ScheduleDto })
  async create(@Body() body: ScheduleRequestDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.create(draft(body), by));
  }

  @Get(':id')
  @Requires('access:read')
  @ApiOperation({ summary: 'One schedule' })
  @ZodResponse({ type: ScheduleDto })
  async get(@Param() { id }: ScheduleParamsDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.get('schedule', id, by));
  }

  @Put(':id')
  @Requires('access:write')
  @ApiOperation({ summary: 'Puts another schedule in the place of one' })
  @ZodResponse({ type: ScheduleDto })
  async replace(
    @Param() { id }: ScheduleParamsDto,
    @Body() body: ScheduleRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return present(await this.documents.replace(id, draft(body), by));
  }

  @Delete(':id')
  @Requires('access:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a schedule that nothing uses' })
  remove(@Param() { id }: ScheduleParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.documents.remove('schedule', id, by);
  }
}

function draft({ name, siteId, ...definition }: ScheduleRequestDto): Draft<'schedule'> {
  return { kind: 'schedule', name, siteId, definition };
}

function present(document: Parameters<typeof presentDocument<'schedule'>>[0]) {
  return presentDocument(document);
}
