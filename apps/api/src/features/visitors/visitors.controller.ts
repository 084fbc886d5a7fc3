import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  createVisitorRequestSchema,
  endVisitRequestSchema,
  extendVisitRequestSchema,
  visitorListSchema,
  visitorSchema,
  visitorsQuerySchema,
} from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { PersonParamsDto } from '../people/people.dto';
import { VisitorsService } from './visitors.service';

class VisitorDto extends createZodDto(visitorSchema) {}
class VisitorListDto extends createZodDto(visitorListSchema) {}
class VisitorsQueryDto extends createZodDto(visitorsQuerySchema) {}
class CreateVisitorRequestDto extends createZodDto(createVisitorRequestSchema) {}
class ExtendVisitRequestDto extends createZodDto(extendVisitRequestSchema) {}
class EndVisitRequestDto extends createZodDto(endVisitRequestSchema) {}

@ApiTags('visitors')
@Controller('visitors')
export class VisitorsController {
  constructor(private readonly visitors: VisitorsService) {}

  @Get()
  @Requires('people:read')
  @ApiOperation({ summary: 'Who is expected on a day' })
  @ZodResponse({ type: VisitorListDto })
  list(@Query() query: VisitorsQueryDto, @CurrentSession() by: SignedIn) {
    return this.visitors.list(query, by);
  }

  @Post()
  @Requires('people:write')
  @ApiOperation({ summary: 'Announces a visitor' })
  @ZodResponse({ status: HttpStatus.CREATED, type: VisitorDto })
  create(@Body() body: CreateVisitorRequestDto, @CurrentSession() by: SignedIn) {
    return this.visitors.create(body, by);
  }

  @Get(':id')
  @Requires('people:read')
  @ApiOperation({ summary: 'One visitor' })
  @ZodResponse({ type: VisitorDto })
  get(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn) {
    return this.visitors.get(id, by);
  }

  @Post(':id/extend')
  @Requires('people:write')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Lets a visit last longer, also one that is over' })
  @ZodResponse({ status: HttpStatus.OK, type: VisitorDto })
  extend(
    @Param() { id }: PersonParamsDto,
    @Body() body: ExtendVisitRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.visitors.extend(id, body, by);
  }

  @Post(':id/end')
  @Requires('people:write')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Ends a visit now' })
  @ZodResponse({ status: HttpStatus.OK, type: VisitorDto })
  end(@Param() { id }: PersonParamsDto, @Body() body: EndVisitRequestDto, @CurrentSession() by: SignedIn) {
    return this.visitors.end(id, body.reason, by);
  }
}
