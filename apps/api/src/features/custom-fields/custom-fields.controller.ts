import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  customFieldKeySchema,
  customFieldListSchema,
  customFieldSchema,
  putCustomFieldRequestSchema,
} from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { CustomFieldsService } from './custom-fields.service';

class CustomFieldParamsDto extends createZodDto(z.object({ key: customFieldKeySchema })) {}
class CustomFieldDto extends createZodDto(customFieldSchema) {}
class CustomFieldListDto extends createZodDto(customFieldListSchema) {}
class PutCustomFieldRequestDto extends createZodDto(putCustomFieldRequestSchema) {}

@ApiTags('people')
@Controller('custom-fields')
export class CustomFieldsController {
  constructor(private readonly fields: CustomFieldsService) {}

  @Get()
  @Requires('people:read')
  @ApiOperation({ summary: 'The fields that are kept of each person beside the built-in ones' })
  @ZodResponse({ type: CustomFieldListDto })
  list() {
    return this.fields.list();
  }

  @Put(':key')
  @Requires('settings:write')
  @ApiOperation({ summary: 'Makes or changes a field' })
  @ZodResponse({ type: CustomFieldDto })
  put(
    @Param() { key }: CustomFieldParamsDto,
    @Body() body: PutCustomFieldRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.fields.put(key, body, by);
  }

  @Delete(':key')
  @Requires('settings:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a field with every value of it' })
  remove(@Param() { key }: CustomFieldParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.fields.remove(key, by);
  }
}
