import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { idlePeopleSchema, peopleSettingsSchema } from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { Settings } from '../../platform/settings/settings';
import { IdlePeople } from './idle-people';
import { PEOPLE_SETTINGS } from './people-settings';

class PeopleSettingsDto extends createZodDto(peopleSettingsSchema) {}
class IdlePeopleDto extends createZodDto(idlePeopleSchema) {}

@ApiTags('people')
@Controller()
export class PeopleLifecycleController {
  constructor(
    private readonly settings: Settings,
    private readonly idle: IdlePeople,
  ) {}

  @Get('idle-people')
  @Requires('people:read')
  @ApiOperation({ summary: 'Who will be suspended for not having been seen, and when' })
  @ZodResponse({ type: IdlePeopleDto })
  listIdle(@CurrentSession() by: SignedIn) {
    return this.idle.list(by);
  }

  @Get('settings/people')
  @Requires('settings:read')
  @ApiOperation({ summary: 'What becomes of people by themselves' })
  @ZodResponse({ type: PeopleSettingsDto })
  get() {
    return this.settings.get(PEOPLE_SETTINGS);
  }

  @Put('settings/people')
  @Requires('settings:write')
  @ApiOperation({ summary: 'Sets what becomes of people by themselves' })
  @ZodResponse({ type: PeopleSettingsDto })
  put(@Body() body: PeopleSettingsDto, @CurrentSession() by: SignedIn) {
    by.access.require('settings:write', null);
    return this.settings.set(PEOPLE_SETTINGS, body, by);
  }
}
