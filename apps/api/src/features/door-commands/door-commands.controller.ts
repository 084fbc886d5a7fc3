import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorCommandParamsDto, UnlockDoorRequestDto, UnlockDoorResponseDto } from './door-commands.dto';
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
}
