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
  Put,
  Req,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { createFloorPlanFieldsSchema } from '@munjigi/contracts';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/session-store';
import { missingFile } from '../enrolment/enrolment-errors';
import { parseFields } from '../enrolment/parse-fields';
import { PhotoInterceptor, type PhotoRequest } from '../enrolment/photo.interceptor';
import {
  FloorPlanDto,
  FloorPlanListDto,
  FloorPlanParamsDto,
  PlaceDoorsRequestDto,
  UpdateFloorPlanRequestDto,
} from './floor-plans.dto';
import { FloorPlansService } from './floor-plans.service';

@ApiTags('floor-plans')
@Controller('floor-plans')
export class FloorPlansController {
  constructor(private readonly plans: FloorPlansService) {}

  @Get()
  @Requires('doors:read')
  @ApiOperation({ summary: 'Floor plans with the doors on them, by name' })
  @ZodResponse({ type: FloorPlanListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.plans.list(by);
  }

  @Post()
  @Requires('doors:write')
  @UseInterceptors(PhotoInterceptor)
  @ApiOperation({ summary: 'Keeps a picture of a floor' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['photo', 'name', 'siteId'],
      properties: {
        photo: { type: 'string', format: 'binary', description: 'JPEG, PNG or WebP, at most 20 MiB' },
        name: { type: 'string', maxLength: 120 },
        siteId: { type: 'string', format: 'uuid' },
      },
    },
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: FloorPlanDto })
  create(@Req() req: PhotoRequest, @CurrentSession() by: SignedIn) {
    if (!req.file) throw missingFile();
    return this.plans.create(parseFields(createFloorPlanFieldsSchema, req.body), req.file.buffer, by);
  }

  @Get(':id/image')
  @Requires('doors:read')
  @ApiOperation({ summary: 'The picture of a floor' })
  @ApiProduces('image/jpeg')
  @Header('Cache-Control', 'private, max-age=86400')
  async image(@Param() { id }: FloorPlanParamsDto, @CurrentSession() by: SignedIn): Promise<StreamableFile> {
    return new StreamableFile(await this.plans.image(id, by), { type: 'image/jpeg' });
  }

  @Patch(':id')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Gives a floor plan another name' })
  @ZodResponse({ type: FloorPlanDto })
  rename(
    @Param() { id }: FloorPlanParamsDto,
    @Body() body: UpdateFloorPlanRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.plans.rename(id, body, by);
  }

  @Put(':id/doors')
  @Requires('doors:write')
  @ApiOperation({ summary: 'Says which doors are on a floor plan, and where' })
  @ZodResponse({ type: FloorPlanDto })
  place(
    @Param() { id }: FloorPlanParamsDto,
    @Body() body: PlaceDoorsRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.plans.place(id, body, by);
  }

  @Delete(':id')
  @Requires('doors:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a floor plan; its doors stay' })
  remove(@Param() { id }: FloorPlanParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.plans.remove(id, by);
  }
}
