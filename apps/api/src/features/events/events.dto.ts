import {
  deadLetterIdSchema,
  deadLetterSchema,
  deadLettersPageSchema,
  deadLettersQuerySchema,
  dismissDeadLetterRequestSchema,
  doorEventsPageSchema,
  doorEventsQuerySchema,
  doorIdSchema,
  doorOutboxSchema,
  doorScoresQuerySchema,
  doorScoresSchema,
  doorOutboxVerificationQuerySchema,
  doorOutboxVerificationSchema,
  eventsCountQuerySchema,
  eventsCountSchema,
  eventsPageSchema,
  eventsQuerySchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class EventsQueryDto extends createZodDto(eventsQuerySchema) {}
export class EventsPageDto extends createZodDto(eventsPageSchema) {}
export class EventsCountQueryDto extends createZodDto(eventsCountQuerySchema) {}
export class EventsCountDto extends createZodDto(eventsCountSchema) {}
export class DoorEventsQueryDto extends createZodDto(doorEventsQuerySchema) {}
export class DoorEventsPageDto extends createZodDto(doorEventsPageSchema) {}
export class DeadLetterParamsDto extends createZodDto(z.object({ id: deadLetterIdSchema })) {}
export class DeadLetterDto extends createZodDto(deadLetterSchema) {}
export class DeadLettersQueryDto extends createZodDto(deadLettersQuerySchema) {}
export class DeadLettersPageDto extends createZodDto(deadLettersPageSchema) {}
export class DismissDeadLetterRequestDto extends createZodDto(dismissDeadLetterRequestSchema) {}
export class DoorOutboxParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class DoorOutboxDto extends createZodDto(doorOutboxSchema) {}
export class DoorScoresParamsDto extends createZodDto(z.object({ id: doorIdSchema })) {}
export class DoorScoresQueryDto extends createZodDto(doorScoresQuerySchema) {}
export class DoorScoresDto extends createZodDto(doorScoresSchema) {}
export class DoorOutboxVerificationQueryDto extends createZodDto(doorOutboxVerificationQuerySchema) {}
export class DoorOutboxVerificationDto extends createZodDto(doorOutboxVerificationSchema) {}
