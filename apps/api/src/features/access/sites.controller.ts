import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  CreateSiteRequestDto,
  SiteDto,
  SiteListDto,
  SiteParamsDto,
  UpdateSiteRequestDto,
} from './access.dto';
import { SitesService } from './sites.service';

@ApiTags('sites')
@Controller('sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Get()
  @Requires('sites:read')
  @ApiOperation({ summary: 'Every site that you may see' })
  @ZodResponse({ type: SiteListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.sites.list(by);
  }

  @Post()
  @Requires('sites:write')
  @ApiOperation({ summary: 'Adds a site' })
  @ZodResponse({ status: HttpStatus.CREATED, type: SiteDto })
  create(@Body() body: CreateSiteRequestDto, @CurrentSession() by: SignedIn) {
    return this.sites.create(body, by);
  }

  @Get(':id')
  @Requires('sites:read')
  @ApiOperation({ summary: 'One site' })
  @ZodResponse({ type: SiteDto })
  get(@Param() { id }: SiteParamsDto, @CurrentSession() by: SignedIn) {
    return this.sites.get(id, by);
  }

  @Patch(':id')
  @Requires('sites:write')
  @ApiOperation({ summary: 'Changes a site’s name or time zone' })
  @ZodResponse({ type: SiteDto })
  update(@Param() { id }: SiteParamsDto, @Body() body: UpdateSiteRequestDto, @CurrentSession() by: SignedIn) {
    return this.sites.update(id, body, by);
  }

  @Delete(':id')
  @Requires('sites:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a site to which nothing belongs any more' })
  remove(@Param() { id }: SiteParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.sites.remove(id, by);
  }
}
