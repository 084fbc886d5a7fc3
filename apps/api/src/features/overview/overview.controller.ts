import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { OverviewDto } from './overview.dto';
import { OverviewService } from './overview.service';

@ApiTags('overview')
@Controller('overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @Requires('doors:read')
  @ApiOperation({ summary: 'How things stand now, and today against the usual; null where you may not look' })
  @ZodResponse({ type: OverviewDto })
  get(@CurrentSession() by: SignedIn) {
    return this.overview.get(by);
  }
}
