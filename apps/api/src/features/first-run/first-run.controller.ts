import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DismissFirstRunRequestDto, FirstRunDto } from './first-run.dto';
import { FirstRunService } from './first-run.service';

@ApiTags('first-run')
@Controller('first-run')
export class FirstRunController {
  constructor(private readonly firstRun: FirstRunService) {}

  @Get()
  @Requires('settings:read')
  @ApiOperation({ summary: 'How far a new deployment is on its way to the first opened door' })
  @ZodResponse({ type: FirstRunDto })
  get(@CurrentSession() by: SignedIn) {
    return this.firstRun.get(by);
  }

  @Put()
  @Requires('settings:write')
  @ApiOperation({ summary: 'Puts the guide of the first steps away, or takes it out again' })
  @ZodResponse({ type: FirstRunDto })
  dismiss(@Body() body: DismissFirstRunRequestDto, @CurrentSession() by: SignedIn) {
    return this.firstRun.dismiss(body.dismissed, by);
  }
}
