import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { retentionSettingsSchema } from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { Settings } from '../../platform/settings/settings';
import { RETENTION_SETTINGS } from './retention-settings';

class RetentionSettingsDto extends createZodDto(retentionSettingsSchema) {}

@ApiTags('settings')
@Controller('settings/retention')
export class RetentionController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Requires('settings:read')
  @ApiOperation({ summary: 'How long events, pictures and templates are kept, by site' })
  @ZodResponse({ type: RetentionSettingsDto })
  get() {
    return this.settings.get(RETENTION_SETTINGS);
  }

  @Put()
  @Requires('settings:write')
  @ApiOperation({ summary: 'Sets how long events, pictures and templates are kept, by site' })
  @ZodResponse({ type: RetentionSettingsDto })
  put(@Body() body: RetentionSettingsDto, @CurrentSession() by: SignedIn) {
    by.access.require('settings:write', null);
    return this.settings.set(RETENTION_SETTINGS, body, by);
  }
}
