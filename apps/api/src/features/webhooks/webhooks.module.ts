import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module';
import { EventsModule } from '../events/events.module';
import { WebhookDeliveries } from './webhook-deliveries';
import { WebhookDispatcher } from './webhook-dispatcher';
import { WebhookLogService } from './webhook-log.service';
import { WebhookMessages } from './webhook-messages';
import { WebhookOutboxModule } from './webhook-outbox.module';
import { WebhookSecrets } from './webhook-secrets';
import { WebhookSending } from './webhook-sending';
import { WebhooksController } from './webhooks.controller';
import { WebhooksRepository } from './webhooks.repository';
import { WebhooksService } from './webhooks.service';

@Module({
  imports: [AlarmsModule, EventsModule, WebhookOutboxModule],
  controllers: [WebhooksController],
  providers: [
    WebhookDeliveries,
    WebhookDispatcher,
    WebhookLogService,
    WebhookMessages,
    WebhookSecrets,
    WebhookSending,
    WebhooksRepository,
    WebhooksService,
  ],
})
export class WebhooksModule {}
