import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { healthSchema, type Health } from '@munjigi/contracts';
import type { Response } from 'express';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../auth/current-session.decorator';
import { Public } from '../auth/public.decorator';
import { Requires } from '../auth/requires.decorator';
import type { SignedIn } from '../auth/signed-in';
import { HealthChecks } from './health-checks';

class HealthDto extends createZodDto(healthSchema) {}

/** Whether the server lives, whether it can serve, and how its parts are. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly checks: HealthChecks) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process runs; says nothing of what it depends on' })
  @ZodResponse({ type: HealthDto })
  live(): Health {
    return { status: 'ok', checks: { process: { status: 'up' } } };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'Whether it can serve: 503 when not, 200 also while a part is not well' })
  @ZodResponse({ type: HealthDto })
  async ready(@Res({ passthrough: true }) res: Response): Promise<Health> {
    return answer(res, await this.checks.summary());
  }

  @Get()
  @Requires('system:read')
  @ApiOperation({ summary: 'How every part of the server is' })
  @ZodResponse({ type: HealthDto })
  async all(@CurrentSession() by: SignedIn, @Res({ passthrough: true }) res: Response): Promise<Health> {
    by.access.require('system:read', null);
    return answer(res, await this.checks.all());
  }
}

function answer(res: Response, health: Health): Health {
  if (health.status === 'error') res.status(HttpStatus.SERVICE_UNAVAILABLE);
  return health;
}
