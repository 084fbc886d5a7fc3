import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { EventsCountDto, EventsCountQueryDto, EventsPageDto, EventsQueryDto } from './events.dto';
import { EventsRepository } from './events.repository';

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsRepository) {}

  @Get()
  @Requires('events:read')
  @ApiOperation({ summary: 'Access events, newest first, in pages' })
  @ZodResponse({ type: EventsPageDto })
  list(@Query() query: EventsQueryDto, @CurrentSession() by: SignedIn) {
    return this.events.page(query, by.access.reach('events:read'));
  }

  @Get('count')
  @Requires('events:read')
  @ApiOperation({ summary: 'How many access events fit; an estimate when they are many' })
  @ZodResponse({ type: EventsCountDto })
  count(@Query() query: EventsCountQueryDto, @CurrentSession() by: SignedIn) {
    return this.events.count(query, by.access.reach('events:read'));
  }
}
