import * as z from 'zod';

/** The query of every list: an opaque cursor from the previous page, and how many items a page holds. */
export const pageQuerySchema = z.object({
  cursor: z.string().min(1).max(512).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/**
 * One page of a list.
 *
 * `nextCursor` is null on the last page.
 */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
