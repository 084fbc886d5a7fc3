import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorRulesDto, DoorRulesParamsDto, DoorRulesRequestDto, OverrideRequestDto } from './access.dto';
import { DoorAccessService } from './door-access.service';

@ApiTags('doors')
@Controller('doors/:id')
export class DoorAccessController {
  constructor(private readonly doors: DoorAccessService) {}

  @Get('rules')
  @Requires('doors:read')
  @ApiOperation({ summary: 'The access rules of a door, and what is in force there now' })
  @ZodResponse({ type: DoorRulesDto })
  get(@Param() { id }: DoorRulesParamsDto, @CurrentSession() by: SignedIn) {
    return this.doors.get(id, by);
  }

  @Put('rules')
  @Requires('access:write')
  @ApiOperation({ summary: 'Sets the access rules of a door; what is not named has its default' })
  @ZodResponse({ type: DoorRulesDto })
  setRules(
    @Param() { id }: DoorRulesParamsDto,
    @Body() body: DoorRulesRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.doors.setRules(id, body, by);
  }

  @Put('override')
  @Requires('doors:operate')
  @ApiOperation({ summary: 'Unlocks, locks or blocks a door for a time, or returns it to normal' })
  @ZodResponse({ type: DoorRulesDto })
  override(
    @Param() { id }: DoorRulesParamsDto,
    @Body() body: OverrideRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.doors.override(id, body, by);
  }
}
