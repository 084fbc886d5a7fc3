import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorScoresService } from './door-scores.service';
import { DoorScoresDto, DoorScoresParamsDto, DoorScoresQueryDto } from './events.dto';

@ApiTags('doors')
@Controller('doors/:id/scores')
export class DoorScoresController {
  constructor(private readonly scores: DoorScoresService) {}

  @Get()
  @Requires('events:read')
  @ApiOperation({ summary: 'The similarities that a door has met, as histograms' })
  @ZodResponse({ type: DoorScoresDto })
  get(
    @Param() { id }: DoorScoresParamsDto,
    @Query() query: DoorScoresQueryDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.scores.get(id, query, by);
  }
}
