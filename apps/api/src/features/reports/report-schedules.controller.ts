import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { ReportSchedulesService } from './report-schedules.service';
import {
  ReportDeliveryListDto,
  ReportScheduleDto,
  ReportScheduleListDto,
  ReportScheduleParamsDto,
  ReportScheduleRequestDto,
} from './reports.dto';

@ApiTags('reports')
@Controller('reports/schedules')
export class ReportSchedulesController {
  constructor(private readonly schedules: ReportSchedulesService) {}

  @Get()
  @Requires('reports:write')
  @ApiOperation({ summary: 'Your schedules of reports' })
  @ZodResponse({ type: ReportScheduleListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.schedules.list(by);
  }

  @Post()
  @Requires('reports:write')
  @ApiOperation({
    summary: 'Has a saved report of yours made again and again; you must be able to export it',
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: ReportScheduleDto })
  create(@Body() body: ReportScheduleRequestDto, @CurrentSession() by: SignedIn) {
    return this.schedules.create(body, by);
  }

  @Get(':id')
  @Requires('reports:write')
  @ApiOperation({ summary: 'A schedule of yours' })
  @ZodResponse({ type: ReportScheduleDto })
  get(@Param() { id }: ReportScheduleParamsDto, @CurrentSession() by: SignedIn) {
    return this.schedules.get(id, by);
  }

  @Put(':id')
  @Requires('reports:write')
  @ApiOperation({ summary: 'Changes a schedule of yours' })
  @ZodResponse({ type: ReportScheduleDto })
  replace(
    @Param() { id }: ReportScheduleParamsDto,
    @Body() body: ReportScheduleRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.schedules.replace(id, body, by);
  }

  @Delete(':id')
  @Requires('reports:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a schedule of yours' })
  remove(@Param() { id }: ReportScheduleParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.schedules.remove(id, by);
  }

  @Get(':id/deliveries')
  @Requires('reports:write')
  @ApiOperation({ summary: 'What came of the newest 100 times that a schedule of yours was due' })
  @ZodResponse({ type: ReportDeliveryListDto })
  deliveries(@Param() { id }: ReportScheduleParamsDto, @CurrentSession() by: SignedIn) {
    return this.schedules.deliveries(id, by);
  }
}
