import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  LiftLockdownRequestDto,
  LockdownDto,
  LockdownListDto,
  LockdownParamsDto,
  LockdownRequestDto,
} from './access.dto';
import { LockdownsService } from './lockdowns.service';

@ApiTags('lockdowns')
@Controller('lockdowns')
export class LockdownsController {
  constructor(private readonly lockdowns: LockdownsService) {}

  @Get()
  @Requires('doors:read')
  @ApiOperation({ summary: 'Lockdowns in force, then those that were lifted' })
  @ZodResponse({ type: LockdownListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.lockdowns.list(by);
  }

  @Post()
  @Requires('lockdown:operate')
  @ApiOperation({ summary: 'Locks a site, or a group of doors, for all but the exempt' })
  @ZodResponse({ status: HttpStatus.CREATED, type: LockdownDto })
  start(@Body() body: LockdownRequestDto, @CurrentSession() by: SignedIn) {
    return this.lockdowns.start(body, by);
  }

  @Post(':id/lift')
  @Requires('lockdown:operate')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Lifts a lockdown' })
  @ZodResponse({ status: HttpStatus.OK, type: LockdownDto })
  lift(
    @Param() { id }: LockdownParamsDto,
    @Body() { reason }: LiftLockdownRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.lockdowns.lift(id, reason, by);
  }
}
