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
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { ReportExportsService } from './report-exports.service';
import { languageOf } from './report-language';
import {
  ReportExportDto,
  ReportExportListDto,
  ReportExportParamsDto,
  ReportExportRequestDto,
} from './reports.dto';

@ApiTags('reports')
@Controller('reports/exports')
export class ReportExportsController {
  constructor(private readonly exports: ReportExportsService) {}

  @Post()
  @Requires('reports:export')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Has a report made in the background; ask for its progress under jobs' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: ReportExportDto })
  start(@Body() body: ReportExportRequestDto, @Req() req: Request, @CurrentSession() by: SignedIn) {
    return this.exports.start(body, languageOf(req, body.language), by);
  }

  @Get()
  @Requires('reports:export')
  @ApiOperation({ summary: 'Your reports that are made in the background, newest first' })
  @ZodResponse({ type: ReportExportListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.exports.list(by);
  }

  @Get(':id')
  @Requires('reports:export')
  @ApiOperation({ summary: 'A report of yours that is made in the background' })
  @ZodResponse({ type: ReportExportDto })
  get(@Param() { id }: ReportExportParamsDto, @CurrentSession() by: SignedIn) {
    return this.exports.get(id, by);
  }

  @Get(':id/file')
  @Requires('reports:export')
  @Header('Cache-Control', 'private, no-store')
  @ApiOperation({ summary: 'The file of a report of yours' })
  @ApiProduces(
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/pdf',
  )
  async file(
    @Param() { id }: ReportExportParamsDto,
    @Res({ passthrough: true }) res: Response,
    @CurrentSession() by: SignedIn,
  ): Promise<StreamableFile> {
    const { stream, name, type, bytes } = await this.exports.file(id, by);
    res.once('close', () => stream.destroy());
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(stream, { type, disposition, length: bytes }).setErrorHandler(() =>
      res.destroy(),
    );
  }

  @Delete(':id')
  @Requires('reports:export')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a report of yours, and ends its making' })
  remove(@Param() { id }: ReportExportParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.exports.remove(id, by);
  }
}
