import * as z from 'zod';
import { instantSchema } from './scalars';

const bytesSchema = z.number().nonnegative();

/** What decodes the pictures of a door's camera, and why no other decoder does. */
export const decoderUseSchema = z.object({
  /** As the machine calls it: `nvv4l2decoder`, `vaapi`; `ffmpeg` is the processor. */
  name: z.string().min(1).max(64),
  /** Whether a part of the machine that is made for it decodes, or scales what comes raw. */
  isHardware: z.boolean(),
  /** Hardware that was looked for and is not used, and why, in words for people. */
  notUsed: z.array(z.object({ name: z.string().min(1).max(64), why: z.string().min(1).max(400) })).max(16),
});

export type DecoderUse = z.infer<typeof decoderUseSchema>;

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
  /** Null: no camera, pictures that are files, or an agent that does not tell. */
  decoder: decoderUseSchema.nullable().default(null),
});

export type DeviceHealth = z.infer<typeof deviceHealthSchema>;
