import { Body, Controller, Get, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { sessionSchema, setupRequestSchema, setupStatusSchema } from '@munjigi/contracts';
import type { Request, Response } from 'express';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { Public } from '../../platform/auth/public.decorator';
import { sourceOf } from '../../platform/auth/source-of';
import { presentBegun } from '../auth/session.presenter';
import { SetupService } from './setup.service';

class SetupStatusDto extends createZodDto(setupStatusSchema) {}
class SetupRequestDto extends createZodDto(setupRequestSchema) {}
class SetupSessionDto extends createZodDto(sessionSchema) {}

@ApiTags('setup')
@Controller('setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Whether nobody can sign in yet' })
  @ZodResponse({ type: SetupStatusDto })
  status() {
    return this.setup.status();
  }

  @Post()
  @Public()
  @ApiOperation({ summary: 'Makes the first owner and the first site, with the code that the server showed' })
  @ZodResponse({ status: HttpStatus.OK, type: SetupSessionDto })
  async complete(
    @Body() body: SetupRequestDto,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ) {
    return presentBegun(await this.setup.complete(body, sourceOf(req)), req, res);
  }
}
