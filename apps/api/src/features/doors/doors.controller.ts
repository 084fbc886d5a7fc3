import { Body, Controller, Get, HttpStatus, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  CreateDoorRequestDto,
  DoorDto,
  DoorListDto,
  DoorParamsDto,
  DoorWithTokenDto,
  UpdateDoorRequestDto,
} from './doors.dto';
import { DoorsService } from './doors.service';

@ApiTags('doors')
@Controller('doors')
export class DoorsController {
  constructor(private readonly doors: DoorsService) {}

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
