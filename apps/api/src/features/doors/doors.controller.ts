import { Body, Controller, Get, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorRiskService } from './door-risk.service';
import {
  CreateDoorRequestDto,
  DoorDto,
  DoorListDto,
  DoorParamsDto,
  DoorRiskDto,
  DoorRiskQueryDto,
  DoorWithTokenDto,
  UpdateDoorRequestDto,
} from './doors.dto';
import { DoorsService } from './doors.service';

@ApiTags('doors')
@Controller('doors')
export class DoorsController {
  constructor(
    private readonly doors: DoorsService,
    private readonly risks: DoorRiskService,
  ) {}

  @Get()
  @Requires('doors:read')
  @ApiOperation({ summary: 'Every door that you may see' })
  @ZodResponse({ type: DoorListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.doors.list(by);
  }

  @Post()
  @Requires('doors:write')
  @ApiOperation({ summary: 'Adds a door; its agent’s token is shown this once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: DoorWithTokenDto })
  create(@Body() body: CreateDoorRequestDto, @CurrentSession() by: SignedIn) {
    return this.doors.create(body, by);
  }

  @Get(':id')
  @Requires('doors:read')
  @ApiOperation({ summary: 'One door' })
  @ZodResponse({ type: DoorDto })
  get(@Param() { id }: DoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.doors.get(id, by);
  }

  @Get(':id/risk')
  @Requires('doors:read')
  @ApiOperation({
    summary:
      'What to expect at a door: its threshold, why it holds, and the error rates, also of other risks',
  })
  @ZodResponse({ type: DoorRiskDto })
  risk(@Param() { id }: DoorParamsDto, @Query() query: DoorRiskQueryDto, @CurrentSession() by: SignedIn) {
    return this.risks.get(id, query, by);
  }

  @Patch(':id')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Changes a door’s name or some of its settings' })
  @ZodResponse({ type: DoorDto })
  update(@Param() { id }: DoorParamsDto, @Body() body: UpdateDoorRequestDto, @CurrentSession() by: SignedIn) {
    return this.doors.update(id, body, by);
  }

  @Post(':id/agent-token')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Replaces the token of a door’s agent; the old one ends at once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: DoorWithTokenDto })
  replaceAgentToken(@Param() { id }: DoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.doors.replaceAgentToken(id, by);
  }
}
