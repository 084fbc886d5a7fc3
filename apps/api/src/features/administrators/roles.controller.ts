import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires, RequiresRecentSignIn } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import {
  CreateRoleRequestDto,
  RoleDto,
  RoleListDto,
  RoleParamsDto,
  UpdateRoleRequestDto,
} from './administrators.dto';
import { RolesService } from './roles.service';

@ApiTags('administrators')
@Controller('roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @Requires('administrators:read')
  @ApiOperation({ summary: 'Every role with its permissions, the built-in ones first' })
  @ZodResponse({ type: RoleListDto })
  list() {
    return this.roles.list();
  }

  @Post()
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Makes a role of permissions that you hold everywhere' })
  @ZodResponse({ status: HttpStatus.CREATED, type: RoleDto })
  create(@Body() body: CreateRoleRequestDto, @CurrentSession() by: SignedIn) {
    return this.roles.create(body, by);
  }

  @Get(':id')
  @Requires('administrators:read')
  @ApiOperation({ summary: 'One role' })
  @ZodResponse({ type: RoleDto })
  get(@Param() { id }: RoleParamsDto) {
    return this.roles.get(id);
  }

  @Patch(':id')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Changes a role that was made here, for all who have it' })
  @ZodResponse({ type: RoleDto })
  update(@Param() { id }: RoleParamsDto, @Body() body: UpdateRoleRequestDto, @CurrentSession() by: SignedIn) {
    return this.roles.update(id, body, by);
  }

  @Delete(':id')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a role that was made here and that nobody has' })
  remove(@Param() { id }: RoleParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.roles.remove(id, by);
  }
}
