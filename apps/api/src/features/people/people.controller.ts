import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import { PeopleBulkService } from './people-bulk.service';
import {
  BulkPeopleRequestDto,
  BulkPeopleResponseDto,
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
    private readonly bulkService: PeopleBulkService,
    private readonly portraits: PortraitService,
  ) {}

  @Get()
  @Requires('people:read')
  @ApiOperation({ summary: 'People who fit filters, in an order, in pages' })
  @ZodResponse({ type: PeoplePageDto })
  list(@Query() query: PeopleQueryDto, @CurrentSession() by: SignedIn) {
    return this.people.list(query, by);
  }

  @Post()
  @Requires('people:write')
  @ApiOperation({ summary: 'Adds a person' })
  @ZodResponse({ status: HttpStatus.CREATED, type: PersonDto })
  create(@Body() body: CreatePersonRequestDto, @CurrentSession() by: SignedIn) {
    return this.people.create(body, by);
  }

  @Post('bulk')
  @Requires('people:write')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Does one thing to many people, each by themselves' })
  @ZodResponse({ status: HttpStatus.OK, type: BulkPeopleResponseDto })
  bulk(@Body() body: BulkPeopleRequestDto, @CurrentSession() by: SignedIn) {
    return this.bulkService.run(body, by);
  }

  @Get(':id')
  @Requires('people:read')
  @ApiOperation({ summary: 'One person' })
  @ZodResponse({ type: PersonDto })
  get(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn) {
    return this.people.get(id, by);
  }

  @Patch(':id')
  @Requires('people:write')
  @ApiOperation({ summary: 'Changes what is named of a person, and nothing else' })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The version that the change was made on, such as "3"',
  })
  @ZodResponse({ type: PersonDto })
  update(
    @Param() { id }: PersonParamsDto,
    @Body() body: UpdatePersonRequestDto,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentSession() by: SignedIn,
  ) {
    return this.people.update(id, { ...body, version: body.version ?? versionOf(ifMatch) }, by);
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
  async portrait(@Param() { id }: PersonParamsDto, @CurrentSession() by: SignedIn): Promise<StreamableFile> {
    return new StreamableFile(await this.portraits.jpeg(id, by), { type: 'image/jpeg' });
  }
}

/** The version of an `If-Match` header, quoted as an entity tag is; `*` and none ask for nothing. */
function versionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = Number(/^\s*"?(\d{1,15})"?\s*$/.exec(header)?.[1]);
  if (version >= 1) return version;
  throw new AppError('invalid', 'request/invalid-version', 'If-Match is not a version.', {
    detail: 'Send the version of the person as you saw them, such as "3", or leave the header out.',
  });
}
