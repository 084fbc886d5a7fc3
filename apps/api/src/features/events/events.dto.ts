import {
  doorEventsPageSchema,
  doorEventsQuerySchema,
  eventsCountQuerySchema,
  eventsCountSchema,
  eventsPageSchema,
  eventsQuerySchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class EventsQueryDto extends createZodDto(eventsQuerySchema) {}
export class EventsPageDto extends createZodDto(eventsPageSchema) {}
export class EventsCountQueryDto extends createZodDto(eventsCountQuerySchema) {}
export class EventsCountDto extends createZodDto(eventsCountSchema) {}
export class DoorEventsQueryDto extends createZodDto(doorEventsQuerySchema) {}
export class DoorEventsPageDto extends createZodDto(doorEventsPageSchema) {}
