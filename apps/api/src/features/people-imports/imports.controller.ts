import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Req,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  importCheckSchema,
  importIdSchema,
  importPlanSchema,
  importStartedSchema,
  peopleImportSchema,
} from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { ImportUploadInterceptor, type ImportRequest } from './import-upload.interceptor';
import { ImportsService } from './imports.service';

class ImportParamsDto extends createZodDto(z.object({ id: importIdSchema })) {}
class ImportPlanDto extends createZodDto(importPlanSchema) {}
class PeopleImportDto extends createZodDto(peopleImportSchema) {}
class ImportCheckDto extends createZodDto(importCheckSchema) {}
class ImportStartedDto extends createZodDto(importStartedSchema) {}

@ApiTags('people')
@Controller('people-imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post()
  @Requires('people:import')
  @UseInterceptors(ImportUploadInterceptor)
  @ApiOperation({ summary: 'Uploads a table of people with photos; nothing is imported yet' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['files'],
      properties: {
        files: {
          type: 'array',
          items: { type: 'string', format: 'binary' },
          description: 'A CSV file and photos, or one ZIP archive of both',
        },
      },
    },
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: PeopleImportDto })
  upload(@Req() req: ImportRequest, @CurrentSession() by: SignedIn) {
    return this.imports.uploaded(req.importId ?? '', by);
  }

  @Get(':id')
  @Requires('people:import')
  @ApiOperation({ summary: 'An import of yours: what it holds, and how far it is' })
  @ZodResponse({ type: PeopleImportDto })
  get(@Param() { id }: ImportParamsDto, @CurrentSession() by: SignedIn) {
    return this.imports.get(id, by);
  }

  @Post(':id/check')
  @Requires('people:import')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'What an import would do, and what is wrong with its rows; nothing is written' })
  @ZodResponse({ status: HttpStatus.OK, type: ImportCheckDto })
  check(@Param() { id }: ImportParamsDto, @Body() plan: ImportPlanDto, @CurrentSession() by: SignedIn) {
    return this.imports.check(id, plan, by);
  }

  @Post(':id/start')
  @Requires('people:import')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Starts an import; ask for its progress under jobs' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: ImportStartedDto })
  start(@Param() { id }: ImportParamsDto, @Body() plan: ImportPlanDto, @CurrentSession() by: SignedIn) {
    return this.imports.start(id, plan, by);
  }

  @Get(':id/report')
  @Requires('people:import')
  @ApiOperation({ summary: 'What became of each row, as CSV' })
  @ApiProduces('text/csv')
  @Header('Cache-Control', 'private, no-store')
  async report(@Param() { id }: ImportParamsDto, @CurrentSession() by: SignedIn): Promise<StreamableFile> {
    const options = {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="import-report.csv"',
    };
    return new StreamableFile(await this.imports.report(id, by), options);
  }

  @Delete(':id')
  @Requires('people:import')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Deletes an upload that was not started, or the report of an import that is over',
  })
  remove(@Param() { id }: ImportParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.imports.remove(id, by);
  }
}
