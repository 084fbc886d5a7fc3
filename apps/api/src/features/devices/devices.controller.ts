import { Body, Controller, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorsService } from '../doors/doors.service';
import { DeviceKeys } from './device-keys';
import {
  DeviceDoorDto,
  DeviceDoorParamsDto,
  DoorPairingCodeDto,
  RevokeDeviceRequestDto,
} from './devices.dto';
import { PairingService } from './pairing.service';

@ApiTags('doors')
@Controller('doors/:id')
export class DevicesController {
  constructor(
    private readonly pairing: PairingService,
    private readonly keys: DeviceKeys,
    private readonly doors: DoorsService,
  ) {}

  @Post('pairing-code')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Makes a one-time code that a door’s device pairs with; good for 15 minutes' })
  @ZodResponse({ status: HttpStatus.CREATED, type: DoorPairingCodeDto })
  makeCode(@Param() { id }: DeviceDoorParamsDto, @CurrentSession() by: SignedIn) {
    return this.pairing.makeCode(id, by);
  }

  @Post('revoke-device')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Takes a door’s device its key for good, and closes its connection' })
  @ZodResponse({ status: HttpStatus.OK, type: DeviceDoorDto })
  async revoke(
    @Param() { id }: DeviceDoorParamsDto,
    @Body() { reason }: RevokeDeviceRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    await this.keys.revoke(id, reason, by);
    return this.doors.describe(id);
  }
}
