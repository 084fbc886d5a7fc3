import {
  createWebhookRequestSchema,
  updateWebhookRequestSchema,
  webhookDeliveriesPageSchema,
  webhookDeliveriesQuerySchema,
  webhookDeliveryIdSchema,
  webhookDeliverySchema,
  webhookIdSchema,
  webhookListSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class WebhookParamsDto extends createZodDto(z.object({ id: webhookIdSchema })) {}
export class WebhookDeliveryParamsDto extends createZodDto(
  z.object({ id: webhookIdSchema, deliveryId: webhookDeliveryIdSchema }),
) {}
export class WebhookDto extends createZodDto(webhookSchema) {}
export class WebhookListDto extends createZodDto(webhookListSchema) {}
export class WebhookWithSecretDto extends createZodDto(webhookWithSecretSchema) {}
export class CreateWebhookRequestDto extends createZodDto(createWebhookRequestSchema) {}
export class UpdateWebhookRequestDto extends createZodDto(updateWebhookRequestSchema) {}
export class WebhookDeliveryDto extends createZodDto(webhookDeliverySchema) {}
export class WebhookDeliveriesQueryDto extends createZodDto(webhookDeliveriesQuerySchema) {}
export class WebhookDeliveriesPageDto extends createZodDto(webhookDeliveriesPageSchema) {}
