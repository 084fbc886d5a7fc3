import { z } from 'zod';

/** `GET /api/health/live` and `/ready`; status 200 when `ok`, else 503. */
export const healthSchema = z.object({
  status: z.enum(['ok', 'error']),
  checks: z.record(z.string(), z.object({ status: z.enum(['up', 'down']), message: z.string().optional() })),
});

export type Health = z.infer<typeof healthSchema>;
