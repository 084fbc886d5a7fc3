import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorOutboxService } from './door-outbox.service';
import {
  DoorOutboxDto,
  DoorOutboxParamsDto,
  DoorOutboxVerificationDto,
  DoorOutboxVerificationQueryDto,
} from './events.dto';

@ApiTags('doors')
@Controller('doors')
export class DoorOutboxController {
  constructor(private readonly outboxes: DoorOutboxService) {}

  @Get(':id/outbox')
  @Requires('events:read')
  @ApiOperation({
    summary: 'Whether a door’s account is whole: its outboxes, what is missing, what was set aside',
  })
  @ZodResponse({ type: DoorOutboxDto })
  get(@Param() { id }: DoorOutboxParamsDto, @CurrentSession() by: SignedIn) {
    return this.outboxes.get(id, by);
  }

  @Get(':id/outbox/verification')
  @Requires('audit:read')
  @ApiOperation({ summary: 'Reckons the chain of a door’s stored events anew; long ones in parts' })
  @ZodResponse({ type: DoorOutboxVerificationDto })
  verify(
    @Param() { id }: DoorOutboxParamsDto,
    @Query() query: DoorOutboxVerificationQueryDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.outboxes.verify(id, query, by);
  }
}
