import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { presentDocument } from './access-document.presenter';
import { AccessDocuments, type Draft } from './access-documents.service';
import {
  AccessLevelDto,
  AccessLevelListDto,
  AccessLevelParamsDto,
  AccessLevelRequestDto,
} from './access.dto';

@ApiTags('access')
@Controller('access-levels')
export class AccessLevelsController {
  constructor(private readonly documents: AccessDocuments) {}

  @Get()
  @Requires('access:read')
  @ApiOperation({ summary: 'Every access level that you may see' })
  @ZodResponse({ type: AccessLevelListDto })
  async list(@CurrentSession() by: SignedIn) {
    return { items: (await this.documents.list('access-level', by)).map(present) };
  }

  @Post()
  @Requires('access:write')
  @ApiOperation({ summary: 'Adds an access level' })
  @ZodResponse({ status: HttpStatus.CREATED, type: AccessLevelDto })
  async create(@Body() body: AccessLevelRequestDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.create(draft(body), by));
  }

  @Get(':id')
  @Requires('access:read')
  @ApiOperation({ summary: 'One access level' })
  @ZodResponse({ type: AccessLevelDto })
  async get(@Param() { id }: AccessLevelParamsDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.get('access-level', id, by));
  }

  @Put(':id')
  @Requires('access:write')
  @ApiOperation({ summary: 'Puts another access level in the place of one' })
  @ZodResponse({ type: AccessLevelDto })
  async replace(
    @Param() { id }: AccessLevelParamsDto,
    @Body() body: AccessLevelRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return present(await this.documents.replace(id, draft(body), by));
  }

  @Delete(':id')
  @Requires('access:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes an access level that nothing uses' })
  remove(@Param() { id }: AccessLevelParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.documents.remove('access-level', id, by);
  }
}

function draft({ name, siteId, ...definition }: AccessLevelRequestDto): Draft<'access-level'> {
  return { kind: 'access-level', name, siteId, definition };
}

function present(document: Parameters<typeof presentDocument<'access-level'>>[0]) {
  return presentDocument(document);
}
