import { Controller, Get, Header, HttpStatus, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import {
  AuditChainDto,
  AuditCheckpointDto,
  AuditExportQueryDto,
  AuditKeyListDto,
  AuditPageDto,
  AuditQueryDto,
} from './audit.dto';
import { AuditService } from './audit.service';

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Requires('audit:read')
  @ApiOperation({ summary: 'Who did what, newest first, in pages' })
  @ZodResponse({ type: AuditPageDto })
  list(@Query() query: AuditQueryDto, @CurrentSession() by: SignedIn) {
    return this.audit.list(query, by);
  }

  @Get('chain')
  @Requires('audit:read')
  @ApiOperation({ summary: 'How far the account is found to be as it was written' })
  @ZodResponse({ type: AuditChainDto })
  chain(@CurrentSession() by: SignedIn) {
    return this.audit.chain(by);
  }

  @Get('keys')
  @Requires('audit:read')
  @ApiOperation({ summary: 'The public keys that the account is signed with' })
  @ZodResponse({ type: AuditKeyListDto })
  keys() {
    return this.audit.keys();
  }

  @Post('checkpoints')
  @Requires('audit:export')
  @ApiOperation({ summary: 'Signs the account as it is now' })
  @ZodResponse({ status: HttpStatus.CREATED, type: AuditCheckpointDto })
  sign(@CurrentSession() by: SignedIn) {
    return this.audit.sign(by);
  }

  @Get('export')
  @Requires('audit:export')
  @ApiOperation({ summary: 'The account as signed NDJSON, to be checked without this server' })
  @ApiProduces('application/x-ndjson')
  @Header('Cache-Control', 'no-store')
  async export(@Query() query: AuditExportQueryDto, @CurrentSession() by: SignedIn): Promise<StreamableFile> {
    return new StreamableFile(await this.audit.export(query, by), {
      type: 'application/x-ndjson',
      disposition: 'attachment; filename="audit.ndjson"',
    });
  }
}
