import { Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../auth/current-session.decorator';
import { RequiresSession } from '../auth/requires.decorator';
import type { SignedIn } from '../auth/session-store';
import { JobDto, JobParamsDto } from './jobs.dto';
import { JobsService } from './jobs.service';

@ApiTags('jobs')
@Controller('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get(':id')
  @RequiresSession()
  @ApiOperation({ summary: 'How far a job of yours is, and what came of it' })
  @ZodResponse({ type: JobDto })
  get(@Param() { id }: JobParamsDto, @CurrentSession() by: SignedIn) {
    return this.jobs.get(id, by);
  }

  @Post(':id/cancel')
  @RequiresSession()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Asks a job of yours to end' })
  @ZodResponse({ type: JobDto })
  cancel(@Param() { id }: JobParamsDto, @CurrentSession() by: SignedIn) {
    return this.jobs.cancel(id, by);
  }
}
