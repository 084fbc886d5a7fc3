import { Body, Controller, Get, Header, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  erasePersonRequestSchema,
  erasureIdSchema,
  erasureSchema,
  erasuresSchema,
  personExportQuerySchema,
  personExportSchema,
} from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires, RequiresRecentSignIn } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { PersonParamsDto } from '../people/people.dto';
import { ErasuresService } from './erasures.service';
import { PersonExportService } from './person-export.service';

export class ErasePersonRequestDto extends createZodDto(erasePersonRequestSchema) {}
export class ErasureDto extends createZodDto(erasureSchema) {}
export class ErasuresDto extends createZodDto(erasuresSchema) {}
export class ErasureParamsDto extends createZodDto(z.object({ id: erasureIdSchema })) {}
export class PersonExportDto extends createZodDto(personExportSchema) {}
export class PersonExportQueryDto extends createZodDto(personExportQuerySchema) {}

@ApiTags('privacy')
@Controller()
export class PrivacyController {
  constructor(
    private readonly erasures: ErasuresService,
    private readonly exports: PersonExportService,
  ) {}

  @Post('people/:id/erasure')
  @Requires('people:erase')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Erases a person for good, here and at every door' })
  @ZodResponse({ status: HttpStatus.CREATED, type: ErasureDto })
  erase(
    @Param() { id }: PersonParamsDto,
    @Body() body: ErasePersonRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.erasures.erase(id, body.reason, by);
  }

  @Get('erasures')
  @Requires('people:erase')
  @ApiOperation({ summary: 'Erasures, newest first' })
  @ZodResponse({ type: ErasuresDto })
  list(@CurrentSession() by: SignedIn) {
    return this.erasures.all(by);
  }

  @Get('erasures/:id')
  @Requires('people:erase')
  @ApiOperation({ summary: 'An erasure, and which doors have confirmed it when' })
  @ZodResponse({ type: ErasureDto })
  get(@Param() { id }: ErasureParamsDto, @CurrentSession() by: SignedIn) {
    return this.erasures.get(id, by);
  }

  @Get('people/:id/export')
  @Requires('people:export')
  @Header('Content-Disposition', 'attachment; filename="person.json"')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'All that is held about one person' })
  @ZodResponse({ type: PersonExportDto })
  export(
    @Param() { id }: PersonParamsDto,
    @Query() { reason }: PersonExportQueryDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.exports.export(id, reason, by);
  }
}
