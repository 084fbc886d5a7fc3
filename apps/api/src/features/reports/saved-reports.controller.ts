import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  SavedReportDto,
  SavedReportListDto,
  SavedReportParamsDto,
  SavedReportRequestDto,
} from './reports.dto';
import { SavedReportsService } from './saved-reports.service';

@ApiTags('reports')
@Controller('reports/saved')
export class SavedReportsController {
  constructor(private readonly reports: SavedReportsService) {}

  @Get()
  @Requires('reports:read')
  @ApiOperation({ summary: 'Your saved reports, and those that are shared' })
  @ZodResponse({ type: SavedReportListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.reports.list(by);
  }

  @Post()
  @Requires('reports:write')
  @ApiOperation({ summary: 'Saves a report under a name' })
  @ZodResponse({ status: HttpStatus.CREATED, type: SavedReportDto })
  create(@Body() body: SavedReportRequestDto, @CurrentSession() by: SignedIn) {
    return this.reports.create(body, by);
  }

  @Get(':id')
  @Requires('reports:read')
  @ApiOperation({ summary: 'A saved report of yours, or one that is shared' })
  @ZodResponse({ type: SavedReportDto })
  get(@Param() { id }: SavedReportParamsDto, @CurrentSession() by: SignedIn) {
    return this.reports.get(id, by);
  }

  @Put(':id')
  @Requires('reports:write')
  @ApiOperation({ summary: 'Changes a saved report of yours; its schedules make what it is then' })
  @ZodResponse({ type: SavedReportDto })
  replace(
    @Param() { id }: SavedReportParamsDto,
    @Body() body: SavedReportRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.reports.replace(id, body, by);
  }

  @Delete(':id')
  @Requires('reports:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a saved report of yours, with its schedules' })
  remove(@Param() { id }: SavedReportParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.reports.remove(id, by);
  }
}
