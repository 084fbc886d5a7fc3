import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { healthSchema, type Health } from '@munjigi/contracts';
import type { Response } from 'express';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { Public } from '../auth/public.decorator';
import { schemaIsCurrent } from '../database/migrate';

class HealthDto extends createZodDto(healthSchema) {}

/** A probe must answer before whoever asked gives up. */
const PROBE_TIMEOUT_MS = 3_000;

/** Whether the server lives, and whether it can serve. */
@ApiTags('health')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('live')
  @ApiOperation({ summary: 'The process runs; says nothing of what it depends on' })
  @ZodResponse({ type: HealthDto })
  live(): Health {
    return { status: 'ok', checks: { process: { status: 'up' } } };
  }

  @Get('ready')
  @ApiOperation({ summary: 'The database answers and its schema is current; 503 when not' })
  @ZodResponse({ type: HealthDto })
  async ready(@Res({ passthrough: true }) res: Response): Promise<Health> {
    const migrated = await Promise.race([
      schemaIsCurrent(this.dataSource).catch(() => null),
      new Promise<null>((resolve) => setTimeout(resolve, PROBE_TIMEOUT_MS, null).unref()),
    ]);
    const health: Health = {
      status: migrated ? 'ok' : 'error',
      checks: {
        database:
          migrated === null ? { status: 'down', message: 'The database does not answer.' } : { status: 'up' },
        migrations: migrated
          ? { status: 'up' }
          : { status: 'down', message: 'The schema is not known to be current.' },
      },
    };
    if (health.status !== 'ok') res.status(HttpStatus.SERVICE_UNAVAILABLE);
    return health;
  }
}
