import * as z from 'zod';

/**
 * The body of every refusal over HTTP, `application/problem+json` (RFC 9457), with our stable `code`.
 *
 * `code` is `area/reason`, for programs; `title` and `detail` say what is wrong and what to do, for people.
 */
export const problemSchema = z.object({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional(),
  code: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  requestId: z.string().optional(),
  /** What is wrong with which field of the request. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** What else a program may go by; which, the code says. */
  facts: z.record(z.string(), z.unknown()).optional(),
});

/** The error of a refused socket message. */
export const socketErrorSchema = problemSchema
  .pick({ code: true, issues: true })
  .extend({ message: z.string() });

export type Problem = z.infer<typeof problemSchema>;
export type SocketError = z.infer<typeof socketErrorSchema>;

/** What a socket message is answered with: the result, or why not. */
export function answerSchema<T extends z.ZodRawShape>(shape: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), ...shape }),
    z.object({ ok: z.literal(false), error: socketErrorSchema }),
  ]);
}
