import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { CameraParamsDto, DoorCameraDto, SetDoorCameraRequestDto } from './cameras.dto';
import { CamerasService } from './cameras.service';

@ApiTags('doors')
@Controller('doors/:id/camera')
export class CamerasController {
  constructor(private readonly cameras: CamerasService) {}

  @Get()
  @Requires('doors:read')
  @ApiOperation({ summary: 'The camera that a door is to use; null: its own configuration says which' })
  @ZodResponse({ type: DoorCameraDto })
  get(@Param() { id }: CameraParamsDto, @CurrentSession() by: SignedIn) {
    return this.cameras.get(id, by);
  }

  @Put()
  @Requires('doors:write')
  @ApiOperation({ summary: 'Sets the camera of a door, which changes to it at once' })
  @ZodResponse({ type: DoorCameraDto })
  set(
    @Param() { id }: CameraParamsDto,
    @Body() body: SetDoorCameraRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.cameras.set(id, body, by);
  }
}
