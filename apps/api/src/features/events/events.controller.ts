import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { EventsPageDto, EventsQueryDto } from './events.dto';
import { EventsRepository } from './events.repository';

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsRepository) {}

  @Get()
  @ApiOperation({ summary: 'Access events, newest first, in pages' })
  @ZodResponse({ type: EventsPageDto })
  list(@Query() query: EventsQueryDto) {
    return this.events.page(query);
  }
}
