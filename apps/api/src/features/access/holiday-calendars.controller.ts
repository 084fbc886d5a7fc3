import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { presentDocument } from './access-document.presenter';
import { AccessDocuments, type Draft } from './access-documents.service';
import {
  HolidayCalendarDto,
  HolidayCalendarListDto,
  HolidayCalendarParamsDto,
  HolidayCalendarRequestDto,
} from './access.dto';

@ApiTags('access')
@Controller('holiday-calendars')
export class HolidayCalendarsController {
  constructor(private readonly documents: AccessDocuments) {}

  @Get()
  @Requires('access:read')
  @ApiOperation({ summary: 'Every holiday calendar that you may see' })
  @ZodResponse({ type: HolidayCalendarListDto })
  async list(@CurrentSession() by: SignedIn) {
    return { items: (await this.documents.list('holiday-calendar', by)).map(present) };
  }

  @Post()
  @Requires('access:write')
  @ApiOperation({ summary: 'Adds a holiday calendar' })
  @ZodResponse({ status: HttpStatus.CREATED, type: HolidayCalendarDto })
  async create(@Body() body: HolidayCalendarRequestDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.create(draft(body), by));
  }

  @Get(':id')
  @Requires('access:read')
  @ApiOperation({ summary: 'One holiday calendar' })
  @ZodResponse({ type: HolidayCalendarDto })
  async get(@Param() { id }: HolidayCalendarParamsDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.get('holiday-calendar', id, by));
  }

  @Put(':id')
  @Requires('access:write')
  @ApiOperation({ summary: 'Puts another holiday calendar in the place of one' })
  @ZodResponse({ type: HolidayCalendarDto })
  async replace(
    @Param() { id }: HolidayCalendarParamsDto,
    @Body() body: HolidayCalendarRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return present(await this.documents.replace(id, draft(body), by));
  }

  @Delete(':id')
  @Requires('access:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a holiday calendar that nothing uses' })
  remove(@Param() { id }: HolidayCalendarParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.documents.remove('holiday-calendar', id, by);
  }
}

function draft({ name, siteId, ...definition }: HolidayCalendarRequestDto): Draft<'holiday-calendar'> {
  return { kind: 'holiday-calendar', name, siteId, definition };
}

function present(document: Parameters<typeof presentDocument<'holiday-calendar'>>[0]) {
  return presentDocument(document);
}
