import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { modelIdSchema, modelJobSchema, templateModelsSchema } from '@munjigi/contracts';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { ModelsService } from './models.service';

export class ModelParamsDto extends createZodDto(z.object({ id: modelIdSchema })) {}
export class TemplateModelsDto extends createZodDto(templateModelsSchema) {}
export class ModelJobDto extends createZodDto(modelJobSchema) {}

@ApiTags('models')
@Controller('models')
export class ModelsController {
  constructor(private readonly models: ModelsService) {}

  @Get()
  @Requires('settings:read')
  @ApiOperation({ summary: 'The models that there are templates of' })
  @ZodResponse({ type: TemplateModelsDto })
  list(@CurrentSession() by: SignedIn) {
    return this.models.list(by);
  }

  @Post(':id/re-embed')
  @Requires('enrolment:write')
  @ApiOperation({ summary: 'Makes templates of a model from the pictures that were kept' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: ModelJobDto })
  reEmbed(@Param() { id }: ModelParamsDto, @CurrentSession() by: SignedIn) {
    return this.models.reEmbedAll(id, by);
  }

  @Delete(':id/templates')
  @Requires('enrolment:write')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Deletes the templates of a model that is done with' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: ModelJobDto })
  remove(@Param() { id }: ModelParamsDto, @CurrentSession() by: SignedIn) {
    return this.models.removeAll(id, by);
  }
}
