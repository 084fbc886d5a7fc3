import { Body, Controller, Get, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
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
  @ApiOperation({ summary: 'Every door' })
  @ZodResponse({ type: DoorListDto })
  list() {
    return this.doors.list();
  }

  @Post()
  @ApiOperation({ summary: 'Adds a door; its agent’s token is shown this once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: DoorWithTokenDto })
  create(@Body() body: CreateDoorRequestDto, @CurrentSession() by: SignedIn) {
    return this.doors.create(body, by);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One door' })
  @ZodResponse({ type: DoorDto })
  get(@Param() { id }: DoorParamsDto) {
    return this.doors.get(id);
  }

  @Get(':id/risk')
  @ApiOperation({
    summary:
      'What to expect at a door: its threshold, why it holds, and the error rates, also of other risks',
  })
  @ZodResponse({ type: DoorRiskDto })
  risk(@Param() { id }: DoorParamsDto, @Query() query: DoorRiskQueryDto) {
    return this.risks.get(id, query);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes a door’s name or some of its settings' })
  @ZodResponse({ type: DoorDto })
  update(@Param() { id }: DoorParamsDto, @Body() body: UpdateDoorRequestDto, @CurrentSession() by: SignedIn) {
    return this.doors.update(id, body, by);
  }

  @Post(':id/agent-token')
  @ApiOperation({ summary: 'Replaces the token of a door’s agent; the old one ends at once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: DoorWithTokenDto })
  replaceAgentToken(@Param() { id }: DoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.doors.replaceAgentToken(id, by);
  }
}
