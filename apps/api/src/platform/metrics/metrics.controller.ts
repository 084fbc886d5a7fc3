import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentSession } from '../auth/current-session.decorator';
import { Requires } from '../auth/requires.decorator';
import type { SignedIn } from '../auth/signed-in';
import { Metrics } from './metrics';

@ApiTags('metrics')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Requires('system:read')
  @ApiOperation({ summary: 'What this process counts and measures, for Prometheus with an API token' })
  @ApiProduces('text/plain')
  @Header('Cache-Control', 'no-store')
  async read(@CurrentSession() by: SignedIn, @Res({ passthrough: true }) res: Response): Promise<string> {
    by.access.require('system:read', null);
    res.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
