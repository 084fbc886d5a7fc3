import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { presentDocument } from './access-document.presenter';
import { AccessDocuments, type Draft } from './access-documents.service';
import { AreaDto, AreaListDto, AreaParamsDto, AreaRequestDto } from './access.dto';

@ApiTags('access')
@Controller('areas')
export class AreasController {
  constructor(private readonly documents: AccessDocuments) {}

  @Get()
  @Requires('access:read')
  @ApiOperation({ summary: 'Every area that you may see' })
  @ZodResponse({ type: AreaListDto })
  async list(@CurrentSession() by: SignedIn) {
    return { items: (await this.documents.list('area', by)).map(present) };
  }

  @Post()
  @Requires('access:write')
  @ApiOperation({ summary: 'Adds an area' })
  @ZodResponse({ status: HttpStatus.CREATED, type: AreaDto })
  async create(@Body() body: AreaRequestDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.create(draft(body), by));
  }

  @Get(':id')
  @Requires('access:read')
  @ApiOperation({ summary: 'One area' })
  @ZodResponse({ type: AreaDto })
  async get(@Param() { id }: AreaParamsDto, @CurrentSession() by: SignedIn) {
    return present(await this.documents.get('area', id, by));
  }

  @Put(':id')
  @Requires('access:write')
  @ApiOperation({ summary: 'Puts another area in the place of one' })
  @ZodResponse({ type: AreaDto })
  async replace(
    @Param() { id }: AreaParamsDto,
    @Body() body: AreaRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return present(await this.documents.replace(id, draft(body), by));
  }

  @Delete(':id')
  @Requires('access:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes an area that nothing uses' })
  remove(@Param() { id }: AreaParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.documents.remove('area', id, by);
  }
}

function draft({ name, siteId, ...definition }: AreaRequestDto): Draft<'area'> {
  return { kind: 'area', name, siteId, definition };
}

function present(document: Parameters<typeof presentDocument<'area'>>[0]) {
  const { siteId, ...view } = presentDocument(document);
  return { ...view, siteId: siteId ?? '' };
}
