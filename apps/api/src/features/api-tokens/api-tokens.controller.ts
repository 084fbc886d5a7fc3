import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires, RequiresRecentSignIn } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import {
  ApiTokenListDto,
  ApiTokenParamsDto,
  ApiTokenWithSecretDto,
  CreateApiTokenRequestDto,
} from './api-tokens.dto';
import { ApiTokensService } from './api-tokens.service';

@ApiTags('tokens')
@Controller('tokens')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  @Get()
  @Requires('tokens:read')
  @ApiOperation({ summary: 'API tokens: all that you may see' })
  @ZodResponse({ type: ApiTokenListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.tokens.list(by);
  }

  @Post()
  @Requires('tokens:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Makes an API token, within your own rights; it is shown this once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: ApiTokenWithSecretDto })
  create(@Body() body: CreateApiTokenRequestDto, @CurrentSession() by: SignedIn) {
    return this.tokens.create(body, by);
  }

  @Delete(':id')
  @Requires('tokens:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Ends an API token at once' })
  revoke(@Param() { id }: ApiTokenParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.tokens.revoke(id, by);
  }
}
