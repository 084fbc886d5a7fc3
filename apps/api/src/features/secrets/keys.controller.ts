import { Controller, Get, HttpStatus, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { keysSchema } from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires, RequiresRecentSignIn } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { KeysService } from './keys.service';

export class KeysDto extends createZodDto(keysSchema) {}

@ApiTags('keys')
@Controller('keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Get()
  @Requires('settings:read')
  @ApiOperation({ summary: 'Which master keys and transforms there are, and how much hangs on each' })
  @ZodResponse({ type: KeysDto })
  get(@CurrentSession() by: SignedIn) {
    return this.keys.get(by);
  }

  @Post('rotations')
  @Requires('settings:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Changes the master key; keys of people are wrapped anew in the background' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: KeysDto })
  rotate(@CurrentSession() by: SignedIn) {
    return this.keys.rotate(by);
  }

  @Post('renewals')
  @Requires('settings:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Renews the secret transform of templates; they are turned in the background' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: KeysDto })
  renew(@CurrentSession() by: SignedIn) {
    return this.keys.renew(by);
  }
}
