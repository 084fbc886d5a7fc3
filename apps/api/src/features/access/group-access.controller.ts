import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { GroupAccessDto, GroupAccessParamsDto } from './access.dto';
import { GroupAccessService } from './group-access.service';

@ApiTags('groups')
@Controller('groups/:id/access')
export class GroupAccessController {
  constructor(private readonly groups: GroupAccessService) {}

  @Get()
  @Requires('access:read')
  @ApiOperation({ summary: 'The access levels that a group gives' })
  @ZodResponse({ type: GroupAccessDto })
  get(@Param() { id }: GroupAccessParamsDto, @CurrentSession() by: SignedIn) {
    return this.groups.get(id, by);
  }

  @Put()
  @Requires('access:write')
  @ApiOperation({ summary: 'Sets the access levels that a group gives' })
  @ZodResponse({ type: GroupAccessDto })
  set(@Param() { id }: GroupAccessParamsDto, @Body() body: GroupAccessDto, @CurrentSession() by: SignedIn) {
    return this.groups.set(id, body, by);
  }
}
