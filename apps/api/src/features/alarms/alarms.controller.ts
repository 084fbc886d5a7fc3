import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { AlarmDto, AlarmParamsDto, AlarmsPageDto, AlarmsQueryDto, HandleAlarmRequestDto } from './alarms.dto';
import { AlarmsService } from './alarms.service';

@ApiTags('alarms')
@Controller('alarms')
export class AlarmsController {
  constructor(private readonly alarms: AlarmsService) {}

  @Get()
  @Requires('alarms:read')
  @ApiOperation({ summary: 'Alarms, newest first, in pages; `state=open` gives those that are not over' })
  @ZodResponse({ type: AlarmsPageDto })
  list(@Query() query: AlarmsQueryDto, @CurrentSession() by: SignedIn) {
    return this.alarms.list(query, by);
  }

  @Get(':id')
  @Requires('alarms:read')
  @ApiOperation({ summary: 'One alarm' })
  @ZodResponse({ type: AlarmDto })
  get(@Param() { id }: AlarmParamsDto, @CurrentSession() by: SignedIn) {
    return this.alarms.get(id, by);
  }

  @Post(':id/acknowledge')
  @HttpCode(HttpStatus.OK)
  @Requires('alarms:write')
  @ApiOperation({ summary: 'Says that you see to an alarm' })
  @ZodResponse({ status: HttpStatus.OK, type: AlarmDto })
  acknowledge(
    @Param() { id }: AlarmParamsDto,
    @Body() body: HandleAlarmRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.alarms.acknowledge(id, body, by);
  }

  @Post(':id/resolve')
  @HttpCode(HttpStatus.OK)
  @Requires('alarms:write')
  @ApiOperation({ summary: 'Says that an alarm is over' })
  @ZodResponse({ status: HttpStatus.OK, type: AlarmDto })
  resolve(
    @Param() { id }: AlarmParamsDto,
    @Body() body: HandleAlarmRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.alarms.resolve(id, body, by);
  }
}
