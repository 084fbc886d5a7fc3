import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DeadLettersService } from './dead-letters.service';
import {
  DeadLetterDto,
  DeadLetterParamsDto,
  DeadLettersPageDto,
  DeadLettersQueryDto,
  DismissDeadLetterRequestDto,
} from './events.dto';

@ApiTags('events')
@Controller('events/dead-letters')
export class DeadLettersController {
  constructor(private readonly letters: DeadLettersService) {}

  @Get()
  @Requires('events:read')
  @ApiOperation({
    summary: 'Events of doors that could not be taken into the account, newest first, in pages',
  })
  @ZodResponse({ type: DeadLettersPageDto })
  list(@Query() query: DeadLettersQueryDto, @CurrentSession() by: SignedIn) {
    return this.letters.list(query, by);
  }

  @Post(':id/retry')
  @HttpCode(HttpStatus.OK)
  @Requires('doors:write')
  @ApiOperation({ summary: 'Tries once more to take an event into the account' })
  @ZodResponse({ status: HttpStatus.OK, type: DeadLetterDto })
  retry(@Param() { id }: DeadLetterParamsDto, @CurrentSession() by: SignedIn) {
    return this.letters.retry(id, by);
  }

  @Post(':id/dismiss')
  @HttpCode(HttpStatus.OK)
  @Requires('doors:write')
  @ApiOperation({ summary: 'Lets an event go that cannot be taken into the account' })
  @ZodResponse({ status: HttpStatus.OK, type: DeadLetterDto })
  dismiss(
    @Param() { id }: DeadLetterParamsDto,
    @Body() body: DismissDeadLetterRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.letters.dismiss(id, body, by);
  }
}
