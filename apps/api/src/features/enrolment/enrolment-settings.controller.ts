import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { enrolmentSettingsSchema } from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { Settings } from '../../platform/settings/settings';
import { ENROLMENT_SETTINGS } from './enrolment-settings';

class EnrolmentSettingsDto extends createZodDto(enrolmentSettingsSchema) {}

@ApiTags('settings')
@Controller('settings/enrolment')
export class EnrolmentSettingsController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Requires('settings:read')
  @ApiOperation({ summary: 'What a picture must be for a template to be made of it' })
  @ZodResponse({ type: EnrolmentSettingsDto })
  get() {
    return this.settings.get(ENROLMENT_SETTINGS);
  }

  @Put()
  @Requires('settings:write')
  @ApiOperation({ summary: 'Sets what a picture must be for a template to be made of it' })
  @ZodResponse({ type: EnrolmentSettingsDto })
  put(@Body() body: EnrolmentSettingsDto, @CurrentSession() by: SignedIn) {
    by.access.require('settings:write', null);
    return this.settings.set(ENROLMENT_SETTINGS, body, by);
  }
}
