import * as z from 'zod';

/**
 * One line of text as people write it: trimmed, Unicode NFC, no control characters.
 *
 * @param lengthMax in UTF-16 code units, after trimming
 */
export function lineSchema(lengthMax: number) {
  return z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(lengthMax)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');
}

/** What the organisation numbers its people with; unique where it is given. */
export const employeeNumberSchema = lineSchema(64);
export const departmentSchema = lineSchema(120);
export const personEmailSchema = z.email().max(254);
/** A telephone number as it is written: digits, spaces and `+ - ( ) . / # *`. */
export const phoneSchema = lineSchema(40).regex(/^[\d +().\-/#*]+$/, 'must be a telephone number');

/** Why, in the words of who did it. */
export const reasonTextSchema = lineSchema(500);

/** `employee`: somebody of the organisation. `visitor`: somebody who comes for a time, to a host. */
export const personKindSchema = z.enum(['employee', 'visitor']);

/** How a custom field is named in addresses and files: lower-case letters, digits and hyphens. */
export const customFieldKeySchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens, beginning with a letter');

/** A value of a custom field: a text, one of the field's choices, a day, or a number. */
export const customFieldValueSchema = z.union([lineSchema(500), z.number()]);

export type PersonKind = z.infer<typeof personKindSchema>;
export type CustomFieldValue = z.infer<typeof customFieldValueSchema>;
