import { Controller, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DeviceDoorDto, DeviceDoorParamsDto } from '../devices/devices.dto';
import { AgentKeysService } from './agent-keys.service';

@ApiTags('doors')
@Controller('doors/:id')
export class AgentKeysController {
  constructor(private readonly keys: AgentKeysService) {}

  @Post('rotate-key')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Asks a door’s device for a new key; the old one ends once the new one was used' })
  @ZodResponse({ status: HttpStatus.OK, type: DeviceDoorDto })
  renew(@Param() { id }: DeviceDoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.keys.renew(id, by);
  }

  @Post('compare-state')
  @Requires('doors:write')
  @ApiOperation({
    summary: 'Asks a door to compare what it holds with what it should, and to put right what differs',
  })
  @ZodResponse({ status: HttpStatus.OK, type: DeviceDoorDto })
  compareState(@Param() { id }: DeviceDoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.keys.compareState(id, by);
  }
}
