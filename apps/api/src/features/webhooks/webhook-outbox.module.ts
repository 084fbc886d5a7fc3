import { Module } from '@nestjs/common';
import { WebhookOutbox } from './webhook-outbox';

/** What announces to webhooks, apart from what sends: who announces need not know of sending. */
@Module({ providers: [WebhookOutbox], exports: [WebhookOutbox] })
export class WebhookOutboxModule {}
