import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorEventsRepository } from './door-events.repository';
import { DoorEventsPageDto, DoorEventsQueryDto } from './events.dto';

@ApiTags('events')
@Controller('door-events')
export class DoorEventsController {
  constructor(private readonly events: DoorEventsRepository) {}

  @Get()
  @Requires('events:read')
  @ApiOperation({ summary: 'What happened to doors apart from visits, newest first, in pages' })
  @ZodResponse({ type: DoorEventsPageDto })
  list(@Query() query: DoorEventsQueryDto, @CurrentSession() by: SignedIn) {
    return this.events.page(query, by.access.reach('events:read'));
  }
}
