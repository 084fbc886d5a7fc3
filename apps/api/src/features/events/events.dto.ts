import { eventsPageSchema, eventsQuerySchema } from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';

export class EventsQueryDto extends createZodDto(eventsQuerySchema) {}
export class EventsPageDto extends createZodDto(eventsPageSchema) {}
