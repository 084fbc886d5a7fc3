import * as z from 'zod';

/**
 * `GET /api/health/live`, `/ready` and, for those who may see every part, `GET /api/health`. Status 503 when `error`;
 * 200 also when `degraded`: a part is not well, and the server serves.
 */
export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded', 'error']),
  checks: z.record(
    z.string(),
    z.object({ status: z.enum(['up', 'degraded', 'down']), message: z.string().optional() }),
  ),
});

export type Health = z.infer<typeof healthSchema>;
