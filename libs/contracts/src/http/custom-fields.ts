import * as z from 'zod';
import { customFieldKeySchema, lineSchema } from '../primitives/person';

/** What a custom field holds. */
export const customFieldTypeSchema = z.enum(['text', 'number', 'date', 'choice']);

/** A field that this organisation keeps of each person beside the built-in ones. */
export const customFieldSchema = z.object({
  key: customFieldKeySchema,
  label: lineSchema(80),
  type: customFieldTypeSchema,
  /** What may be chosen, in order; empty unless the type is `choice`. */
  choices: z.array(lineSchema(80)).max(200),
  /** Place among the fields on a screen, from 0. */
  position: z.int().min(0).max(10_000),
});

/** `GET /api/custom-fields` */
export const customFieldListSchema = z.object({ items: z.array(customFieldSchema) });

/** `PUT /api/custom-fields/{key}`; a field's type stays what it was made with. */
export const putCustomFieldRequestSchema = customFieldSchema
  .omit({ key: true })
  .extend({
    choices: customFieldSchema.shape.choices.default([]),
    position: customFieldSchema.shape.position.default(0),
  })
  .refine(
    ({ type, choices }) => (type === 'choice') === choices.length > 0,
    'a field of choices needs choices, and no other may have them',
  )
  .refine(({ choices }) => new Set(choices).size === choices.length, 'no choice may be given twice');

export type CustomField = z.infer<typeof customFieldSchema>;
export type PutCustomFieldRequest = z.infer<typeof putCustomFieldRequestSchema>;
