import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CurrentSession } from '../../platform/auth/current-session.decorator';
import { Requires, RequiresRecentSignIn } from '../../platform/auth/requires.decorator';
import type { SignedIn } from '../../platform/auth/signed-in';
import { WebhookLogService } from './webhook-log.service';
import {
  CreateWebhookRequestDto,
  UpdateWebhookRequestDto,
  WebhookDeliveriesPageDto,
  WebhookDeliveriesQueryDto,
  WebhookDeliveryDto,
  WebhookDeliveryParamsDto,
  WebhookDto,
  WebhookListDto,
  WebhookParamsDto,
  WebhookWithSecretDto,
} from './webhooks.dto';
import { WebhooksService } from './webhooks.service';

@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly log: WebhookLogService,
  ) {}

  @Get()
  @Requires('webhooks:read')
  @ApiOperation({ summary: 'Every webhook that you may see' })
  @ZodResponse({ type: WebhookListDto })
  list(@CurrentSession() by: SignedIn) {
    return this.webhooks.list(by);
  }

  @Post()
  @Requires('webhooks:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Adds a webhook, within your own rights; its secret is shown this once' })
  @ZodResponse({ status: HttpStatus.CREATED, type: WebhookWithSecretDto })
  create(@Body() body: CreateWebhookRequestDto, @CurrentSession() by: SignedIn) {
    return this.webhooks.create(body, by);
  }

  @Get(':id')
  @Requires('webhooks:read')
  @ApiOperation({ summary: 'One webhook' })
  @ZodResponse({ type: WebhookDto })
  get(@Param() { id }: WebhookParamsDto, @CurrentSession() by: SignedIn) {
    return this.webhooks.get(id, by);
  }

  @Patch(':id')
  @Requires('webhooks:write')
  @RequiresRecentSignIn()
  @ApiOperation({ summary: 'Changes what is named of a webhook; switching it off gives up what waits' })
  @ZodResponse({ type: WebhookDto })
  update(
    @Param() { id }: WebhookParamsDto,
    @Body() body: UpdateWebhookRequestDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.webhooks.update(id, body, by);
  }

  @Delete(':id')
  @Requires('webhooks:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Deletes a webhook with the account of its messages' })
  remove(@Param() { id }: WebhookParamsDto, @CurrentSession() by: SignedIn): Promise<void> {
    return this.webhooks.remove(id, by);
  }

  @Post(':id/secret')
  @Requires('webhooks:write')
  @RequiresRecentSignIn()
  @ApiOperation({
    summary: 'Makes another secret, shown this once; the one before signs beside it for a day',
  })
  @ZodResponse({ status: HttpStatus.CREATED, type: WebhookWithSecretDto })
  renewSecret(@Param() { id }: WebhookParamsDto, @CurrentSession() by: SignedIn) {
    return this.webhooks.renewSecret(id, by);
  }

  @Post(':id/test')
  @Requires('webhooks:write')
  @ApiOperation({ summary: 'Sends a message that says nothing, to see whether it arrives' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: WebhookDeliveryDto })
  test(@Param() { id }: WebhookParamsDto, @CurrentSession() by: SignedIn) {
    return this.log.test(id, by);
  }

  @Get(':id/deliveries')
  @Requires('webhooks:read')
  @ApiOperation({ summary: 'What a webhook was told and how it went, newest first, in pages' })
  @ZodResponse({ type: WebhookDeliveriesPageDto })
  deliveries(
    @Param() { id }: WebhookParamsDto,
    @Query() query: WebhookDeliveriesQueryDto,
    @CurrentSession() by: SignedIn,
  ) {
    return this.log.list(id, query, by);
  }

  @Post(':id/deliveries/:deliveryId/replay')
  @Requires('webhooks:write')
  @ApiOperation({ summary: 'Sends a message again, with the same id' })
  @ZodResponse({ status: HttpStatus.ACCEPTED, type: WebhookDeliveryDto })
  replay(@Param() { id, deliveryId }: WebhookDeliveryParamsDto, @CurrentSession() by: SignedIn) {
    return this.log.replay(id, deliveryId, by);
  }
}
