import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { RequiresRecentSignIn, RequiresSession } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import {
  CreatePasskeyRequestDto,
  PasskeyDto,
  PasskeyListDto,
  PasskeyOptionsDto,
  PasskeyParamsDto,
  UpdatePasskeyRequestDto,
} from './auth.dto';
import { PasskeysService } from './passkeys.service';
import { relyingPartyOf } from './relying-party';

@ApiTags('account')
@Controller('account/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: PasskeysService) {}

  @Get()
  @RequiresSession()
  @ApiOperation({ summary: 'Your passkeys' })
  @ZodResponse({ type: PasskeyListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.passkeys.list(by);
  }

  @Post('options')
  @RequiresSession()
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'What a browser needs to make a passkey' })
  @ZodResponse({ status: HttpStatus.OK, type: PasskeyOptionsDto })
  options(@CurrentSession() by: SignedIn, @Req() req: Request) {
    return this.passkeys.offer(by, relyingPartyOf(req));
  }

  @Post()
  @RequiresSession()
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Adds a passkey that your browser made' })
  @ZodResponse({ status: HttpStatus.CREATED, type: PasskeyDto })
  create(@Body() body: CreatePasskeyRequestDto, @CurrentSession() by: SignedIn, @Req() req: Request) {
    return this.passkeys.create(body, by, relyingPartyOf(req));
  }

  @Patch(':id')
  @RequiresSession()
  @ApiOperation({ summary: 'Renames a passkey of yours' })
  @ZodResponse({ type: PasskeyDto })
  rename(
    @Param() { id }: PasskeyParamsDto,
    @Body() { name }: UpdatePasskeyRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.passkeys.rename(id, name, by);
  }

  @Delete(':id')
  @RequiresSession()
  @RequiresRecentSignIn()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Removes a passkey of yours' })
  remove(@Param() { id }: PasskeyParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.passkeys.remove(id, by);
  }
}
