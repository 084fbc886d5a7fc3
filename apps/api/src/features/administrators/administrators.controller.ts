import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires, RequiresRecentSignIn } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import {
  AdministratorDto,
  AdministratorListDto,
  AdministratorParamsDto,
  AdministratorSessionParamsDto,
  AdministratorWithInvitationDto,
  CreateAdministratorRequestDto,
  ReplaceGrantsRequestDto,
  SignInSessionListDto,
  UpdateAdministratorRequestDto,
} from './administrators.dto';
import { AdministratorsService } from './administrators.service';
import { SignInsService } from './sign-ins.service';

@ApiTags('administrators')
@Controller('administrators')
export class AdministratorsController {
  constructor(
    private readonly administrators: AdministratorsService,
    private readonly signIns: SignInsService,
  ) {}

  @Get()
  @Requires('administrators:read')
  @ApiOperation({ summary: 'Every administrator that you may see, with what they may do there' })
  @ZodResponse({ type: AdministratorListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.administrators.list(by);
  }

  @Post()
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Invites an administrator; the invitation’s token is shown this once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: AdministratorWithInvitationDto })
  create(@Body() body: CreateAdministratorRequestDto, @CurrentSession() by: SignedIn) {
    return this.administrators.create(body, by);
  }

  @Get(':id')
  @Requires('administrators:read')
  @ApiOperation({ summary: 'One administrator' })
  @ZodResponse({ type: AdministratorDto })
  get(@Param() { id }: AdministratorParamsDto, @CurrentSession() by: SignedIn) {
    return this.administrators.get(id, by);
  }

  @Patch(':id')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Changes an administrator’s name, suspends them or takes that back' })
  @ZodResponse({ type: AdministratorDto })
  update(
    @Param() { id }: AdministratorParamsDto,
    @Body() body: UpdateAdministratorRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.administrators.update(id, body, by);
  }

  @Put(':id/grants')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Sets which roles an administrator has, and where' })
  @ZodResponse({ type: AdministratorDto })
  replaceGrants(
    @Param() { id }: AdministratorParamsDto,
    @Body() body: ReplaceGrantsRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.administrators.replaceGrants(id, body, by);
  }

  @Post(':id/invitation')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Makes a new invitation to set the password; earlier ones end' })
  @ZodResponse({ status: HttpStatus.CREATED, type: AdministratorWithInvitationDto })
  invite(@Param() { id }: AdministratorParamsDto, @CurrentSession() by: SignedIn) {
    return this.administrators.invite(id, by);
  }

  @Delete(':id')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes an administrator with their sessions and tokens' })
  remove(@Param() { id }: AdministratorParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.administrators.remove(id, by);
  }

  @Delete(':id/second-factor')
  @Requires('administrators:write')
  @RequiresRecentSignIn()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Removes the authenticator app and the passkeys of somebody who lost them' })
  removeSecondFactor(@Param() { id }: AdministratorParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.administrators.removeSecondFactor(id, by);
  }

  @Get(':id/sessions')
  @Requires('administrators:read')
  @ApiOperation({ summary: 'Where an administrator is signed in' })
  @ZodResponse({ type: SignInSessionListDto })
  sessions(@Param() { id }: AdministratorParamsDto, @CurrentSession() by: SignedIn) {
    return this.signIns.list(id, by);
  }

  @Delete(':id/sessions')
  @Requires('administrators:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs an administrator out everywhere' })
  endSessions(@Param() { id }: AdministratorParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.signIns.endAllOf(id, by);
  }

  @Delete(':id/sessions/:sessionId')
  @Requires('administrators:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs an administrator out in one place' })
  endSession(
    @Param() { id, sessionId }: AdministratorSessionParamsDto,
    @CurrentSession() by: SignedIn,
  ): Promise<void> {
    return this.signIns.endOf(id, sessionId, by);
  }
}
