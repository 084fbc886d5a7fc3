import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  createGroupRequestSchema,
  groupIdSchema,
  accessGroupListSchema,
  accessGroupSchema,
  updateGroupRequestSchema,
} from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { GroupsService } from './groups.service';

class GroupParamsDto extends createZodDto(z.object({ id: groupIdSchema })) {}
class GroupDto extends createZodDto(accessGroupSchema) {}
class GroupListDto extends createZodDto(accessGroupListSchema) {}
class CreateGroupRequestDto extends createZodDto(createGroupRequestSchema) {}
class UpdateGroupRequestDto extends createZodDto(updateGroupRequestSchema) {}

@ApiTags('access')
@Controller('groups')
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  @Get()
  @Requires('access:read')
  @ApiOperation({ summary: 'Access groups by name' })
  @ZodResponse({ type: GroupListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.groups.list(by);
  }

  @Post()
  @Requires('access:write')
  @ApiOperation({ summary: 'Makes an access group' })
  @ZodResponse({ status: HttpStatus.CREATED, type: GroupDto })
  create(@Body() body: CreateGroupRequestDto, @CurrentSession() by: SignedIn) {
    return this.groups.create(body, by);
  }

  @Patch(':id')
  @Requires('access:write')
  @ApiOperation({ summary: 'Renames an access group' })
  @ZodResponse({ type: GroupDto })
  rename(
    @Param() { id }: GroupParamsDto,
    @Body() body: UpdateGroupRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.groups.rename(id, body, by);
  }

  @Delete(':id')
  @Requires('access:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes an access group; its people stay' })
  remove(@Param() { id }: GroupParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.groups.remove(id, by);
  }
}
