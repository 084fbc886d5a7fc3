import { Body, Controller, Get, Header, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  DiagnosticsDto,
  DoorCommandListDto,
  DoorCommandParamsDto,
  DoorCommandRecordDto,
  OneDoorCommandParamsDto,
  TellDoorRequestDto,
  UnlockDoorRequestDto,
  UnlockDoorResponseDto,
} from './door-commands.dto';
import { DoorCommandsService } from './door-commands.service';

@ApiTags('doors')
@Controller('doors/:id')
export class DoorCommandsController {
  constructor(private readonly commands: DoorCommandsService) {}

  @Post('unlock')
  @Requires('doors:operate')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Unlocks a door once, for a moment; answered when the door has done it' })
  @ZodResponse({ type: UnlockDoorResponseDto })
  unlock(
    @Param() { id }: DoorCommandParamsDto,
    @Body() body: UnlockDoorRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.commands.unlock(id, body, by);
  }

  @Post('commands')
  @Requires('doors:read')
  @ApiOperation({
    summary:
      'Tells a door to do something once; to operate it needs doors:operate, to look after its computer doors:write',
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: DoorCommandRecordDto })
  tell(
    @Param() { id }: DoorCommandParamsDto,
    @Body() body: TellDoorRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.commands.tell(id, body, by);
  }

  @Get('commands')
  @Requires('doors:read')
  @ApiOperation({ summary: 'The newest hundred commands of a door, and what has become of them' })
  @ZodResponse({ type: DoorCommandListDto })
  list(@Param() { id }: DoorCommandParamsDto, @CurrentSession() by: SignedIn) {
    return this.commands.list(id, by);
  }

  @Get('commands/:commandId')
  @Requires('doors:read')
  @ApiOperation({ summary: 'One command, and what has become of it' })
  @ZodResponse({ type: DoorCommandRecordDto })
  get(@Param() { id, commandId }: OneDoorCommandParamsDto, @CurrentSession() by: SignedIn) {
    return this.commands.get(id, commandId, by);
  }

  @Get('commands/:commandId/diagnostics')
  @Requires('doors:write')
  @Header('Content-Disposition', 'attachment; filename="diagnostics.json"')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'The bundle that a door collected, as a file: no secret, name, template or picture',
  })
  @ZodResponse({ type: DiagnosticsDto })
  diagnostics(@Param() { id, commandId }: OneDoorCommandParamsDto, @CurrentSession() by: SignedIn) {
    return this.commands.diagnostics(id, commandId, by);
  }
}
