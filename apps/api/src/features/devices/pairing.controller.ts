import { Body, Controller, HttpStatus, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Public } from '../../platform/auth/public.decorator';
import { PairAnswerDto, PairRequestDto } from './devices.dto';
import { PairingService } from './pairing.service';

/** What a device says before it is anybody's. */
@ApiTags('agents')
@Controller('agents')
export class PairingController {
  constructor(private readonly pairing: PairingService) {}

  @Post('pair')
  @Public()
  @ApiOperation({ summary: 'Pins a device’s key to the door of a one-time code' })
  @ZodResponse({ status: HttpStatus.OK, type: PairAnswerDto })
  pair(@Body() body: PairRequestDto, @Req() req: Request) {
    return this.pairing.pair(body, req.ip ?? null);
  }
}
