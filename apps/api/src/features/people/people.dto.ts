import {
  bulkPeopleRequestSchema,
  bulkPeopleResponseSchema,
  createPersonRequestSchema,
  peoplePageSchema,
  peopleQuerySchema,
  personIdSchema,
  personSchema,
  updatePersonRequestSchema,
} from '@munjigi/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class PersonParamsDto extends createZodDto(z.object({ id: personIdSchema })) {}
export class PeopleQueryDto extends createZodDto(peopleQuerySchema) {}
export class PeoplePageDto extends createZodDto(peoplePageSchema) {}
export class PersonDto extends createZodDto(personSchema) {}
export class CreatePersonRequestDto extends createZodDto(createPersonRequestSchema) {}
export class UpdatePersonRequestDto extends createZodDto(updatePersonRequestSchema) {}
export class BulkPeopleRequestDto extends createZodDto(bulkPeopleRequestSchema) {}
export class BulkPeopleResponseDto extends createZodDto(bulkPeopleResponseSchema) {}
