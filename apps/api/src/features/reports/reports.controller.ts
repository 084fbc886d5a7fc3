import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { fileOf } from './report-download';
import { languageOf } from './report-language';
import {
  ReportChartDto,
  ReportExportRequestDto,
  ReportKindsDto,
  ReportPreviewDto,
  ReportPreviewRequestDto,
} from './reports.dto';
import { ReportsService } from './reports.service';

@ApiTags('reports')
@Controller('reports')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('kinds')
  @Requires('reports:read')
  @ApiOperation({ summary: 'The kinds of reports that you may run, with their columns' })
  @ZodResponse({ type: ReportKindsDto })
  kinds(@Req() req: Request, @CurrentSession() by: SignedIn) {
    return this.reports.kinds(languageOf(req), by);
  }

  @Post('preview')
  @Requires('reports:read')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'The first 100 rows of a report, and its totals' })
  @ZodResponse({ status: HttpStatus.OK, type: ReportPreviewDto })
  preview(@Body() body: ReportPreviewRequestDto, @Req() req: Request, @CurrentSession() by: SignedIn) {
    return this.reports.preview(body, languageOf(req, body.language), by);
  }

  @Post('chart')
  @Requires('reports:read')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'A report put together for a picture: by hour, day, month or reason' })
  @ZodResponse({ status: HttpStatus.OK, type: ReportChartDto })
  chart(@Body() body: ReportPreviewRequestDto, @Req() req: Request, @CurrentSession() by: SignedIn) {
    return this.reports.chart(body, languageOf(req, body.language), by);
  }

  @Post('export')
  @Requires('reports:export')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'A whole report as a file, while it is made; an answer that breaks off is not whole',
  })
  @ApiProduces(
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/pdf',
  )
  async export(
    @Body() body: ReportExportRequestDto,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
    @CurrentSession() by: SignedIn,
  ): Promise<StreamableFile> {
    return fileOf(res, (signal) => this.reports.export(body, languageOf(req, body.language), by, signal));
  }
}
