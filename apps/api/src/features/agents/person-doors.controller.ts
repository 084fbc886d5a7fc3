import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { personDoorsSchema } from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { PersonParamsDto } from '../people/people.dto';
import { PersonDoorsService } from './person-doors.service';

export class PersonDoorsDto extends createZodDto(personDoorsSchema) {}

@ApiTags('people')
@Controller('people/:id/doors')
export class PersonDoorsController {
  constructor(private readonly doors: PersonDoorsService) {}

  @Get()
  @Requires('people:read')
  @ApiOperation({ summary: 'Which doors have confirmed what was last changed of a person' })
  @ZodResponse({ type: PersonDoorsDto })
  get(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn) {
    return this.doors.get(id, by);
  }
}
