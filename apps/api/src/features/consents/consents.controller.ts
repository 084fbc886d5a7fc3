import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { Settings } from '../../platform/settings/settings';
import { PersonParamsDto } from '../people/people.dto';
import {
  ConsentDto,
  ConsentTextDto,
  ConsentTextsDto,
  ConsentsDto,
  CreateConsentTextRequestDto,
  PrivacySettingsDto,
  RecordConsentRequestDto,
  WithdrawConsentRequestDto,
} from './consents.dto';
import { ConsentsService } from './consents.service';
import { PRIVACY_SETTINGS } from './privacy-settings';

@ApiTags('consents')
@Controller()
export class ConsentsController {
  constructor(
    private readonly consents: ConsentsService,
    private readonly settings: Settings,
  ) {}

  @Get('settings/privacy')
  @Requires('settings:read')
  @ApiOperation({ summary: 'Whether consent must be recorded here before a template may exist' })
  @ZodResponse({ type: PrivacySettingsDto })
  getSettings() {
    return this.settings.get(PRIVACY_SETTINGS);
  }

  @Put('settings/privacy')
  @Requires('settings:write')
  @ApiOperation({ summary: 'Sets whether consent must be recorded here' })
  @ZodResponse({ type: PrivacySettingsDto })
  putSettings(@Body() body: PrivacySettingsDto, @CurrentSession() by: SignedIn) {
    by.access.require('settings:write', null);
    return this.settings.set(PRIVACY_SETTINGS, body, by);
  }

  @Get('consent-texts')
  @Requires('people:read')
  @ApiOperation({ summary: 'Every version of what people consent to, newest first' })
  @ZodResponse({ type: ConsentTextsDto })
  texts() {
    return this.consents.texts();
  }

  @Post('consent-texts')
  @Requires('settings:write')
  @ApiOperation({ summary: 'Begins a new version of what people consent to' })
  @ZodResponse({ status: HttpStatus.CREATED, type: ConsentTextDto })
  addText(@Body() body: CreateConsentTextRequestDto, @CurrentSession() by: SignedIn) {
    return this.consents.addText(body, by);
  }

  @Get('people/:id/consents')
  @Requires('people:read')
  @ApiOperation({ summary: 'What a person has consented to, and taken back' })
  @ZodResponse({ type: ConsentsDto })
  list(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn) {
    return this.consents.list(id, by);
  }

  @Post('people/:id/consents')
  @Requires('enrolment:write')
  @ApiOperation({ summary: 'Records that a person has consented' })
  @ZodResponse({ status: HttpStatus.CREATED, type: ConsentDto })
  record(
    @Param() { id }: PersonParamsDto,
    @Body() body: RecordConsentRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.consents.record(id, body, by);
  }

  @Post('people/:id/consents/withdrawal')
  @Requires('enrolment:write')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Takes a consent back; templates and pictures are deleted everywhere' })
  @ZodResponse({ type: ConsentsDto })
  withdraw(
    @Param() { id }: PersonParamsDto,
    @Body() body: WithdrawConsentRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.consents.withdraw(id, body.reason, by);
  }
}
