import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import {
  CreatePersonRequestDto,
  PeoplePageDto,
  PeopleQueryDto,
  PersonDto,
  PersonParamsDto,
  UpdatePersonRequestDto,
} from './people.dto';
import { PeopleService } from './people.service';
import { PortraitService } from './portrait.service';

@ApiTags('people')
@Controller('people')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly portraits: PortraitService,
  ) {}

  @Get()
  @Requires('people:read')
  @ApiOperation({ summary: 'People by name, in pages' })
  @ZodResponse({ type: PeoplePageDto })
  list(@Query() query: PeopleQueryDto) {
    return this.people.list(query);
  }

  @Post()
  @Requires('people:write')
  @ApiOperation({ summary: 'Adds a person' })
  @ZodResponse({ status: HttpStatus.CREATED, type: PersonDto })
  create(@Body() body: CreatePersonRequestDto, @CurrentSession() by: SignedIn) {
    return this.people.create(body.name, by);
  }

  @Get(':id')
  @Requires('people:read')
  @ApiOperation({ summary: 'One person' })
  @ZodResponse({ type: PersonDto })
  get(@Param() { id }: PersonParamsDto) {
    return this.people.get(id);
  }

  @Patch(':id')
  @Requires('people:write')
  @ApiOperation({ summary: 'Renames a person' })
  @ZodResponse({ type: PersonDto })
  rename(
    @Param() { id }: PersonParamsDto,
    @Body() body: UpdatePersonRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.people.rename(id, body.name, by);
  }

  @Delete(':id')
  @Requires('people:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a person with their templates and picture' })
  remove(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.people.remove(id, by);
  }

  @Get(':id/portrait')
  @Requires('people:read')
  @ApiOperation({ summary: 'A small picture of the person’s face' })
  @ApiProduces('image/jpeg')
  @Header('Cache-Control', 'private, max-age=86400')
  async portrait(@Param() { id }: PersonParamsDto): Promise<StreamableFile> {
    return new StreamableFile(await this.portraits.jpeg(id), { type: 'image/jpeg' });
  }
}
