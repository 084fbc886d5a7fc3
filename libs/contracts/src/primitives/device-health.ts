import { z } from 'zod';
import { instantSchema } from './scalars';

const bytesSchema = z.number().nonnegative();

/** How a door's computer does, as it measured itself. Null: it cannot tell. */
export const deviceHealthSchema = z.object({
  /** By its own clock. */
  measuredAt: instantSchema,
  /** Since its agent began, s. */
  uptimeSeconds: z.number().nonnegative(),
  /** Of the warmest part that it measures, °C. */
  temperatureC: z.number().min(-100).max(300).nullable(),
  framesPerSecond: z.number().nonnegative(),
  /** Frames that newer ones took the place of, since its agent began. */
  framesDropped: z.int().nonnegative(),
  /** From a frame's arrival until all faces on it were looked at, the newest count most, ms. */
  lookMs: z.number().nonnegative().nullable(),
  memory: z.object({ freeBytes: bytesSchema, totalBytes: bytesSchema }),
  /** Where the agent's data lie. */
  disk: z.object({ freeBytes: bytesSchema, totalBytes: bytesSchema }).nullable(),
  /** Events that the server has not confirmed. */
  eventsWaiting: z.int().nonnegative(),
});

export type DeviceHealth = z.infer<typeof deviceHealthSchema>;
