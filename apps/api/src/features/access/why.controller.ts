import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  AreaParamsDto,
  ForgiveRequestDto,
  MusterDto,
  MusterQueryDto,
  PassTimesDto,
  PassTimesQueryDto,
  WhyDto,
  WhyQueryDto,
} from './access.dto';
import { MusterService } from './muster.service';
import { WhyService } from './why.service';

@ApiTags('access')
@Controller()
export class WhyController {
  constructor(
    private readonly answers: WhyService,
    private readonly muster: MusterService,
  ) {}

  @Get('access/why')
  @Requires('access:read')
  @ApiOperation({ summary: 'Whether a person may pass a door at a time, and why' })
  @ZodResponse({ type: WhyDto })
  why(@Query() query: WhyQueryDto, @CurrentSession() by: SignedIn) {
    return this.answers.why(query, by);
  }

  @Get('access/times')
  @Requires('access:read')
  @ApiOperation({ summary: 'When a person may pass a door' })
  @ZodResponse({ type: PassTimesDto })
  times(@Query() query: PassTimesQueryDto, @CurrentSession() by: SignedIn) {
    return this.answers.times(query, by);
  }

  @Get('muster')
  @Requires('access:read')
  @ApiOperation({ summary: 'Who is inside, by area' })
  @ZodResponse({ type: MusterDto })
  inside(@Query() { siteId }: MusterQueryDto, @CurrentSession() by: SignedIn) {
    return this.muster.list(siteId, by);
  }

  @Post('areas/:id/forgive')
  @Requires('doors:operate')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Forgets where people are, so that their next passage breaks no anti-passback rule',
  })
  forgive(
    @Param() { id }: AreaParamsDto,
    @Body() body: ForgiveRequestDto,
    @CurrentSession() by: SignedIn,
  ): Promise<void> {
    return this.muster.forgive(id, body, by);
  }
}
