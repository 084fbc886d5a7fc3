import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { personIdSchema, trackIdSchema } from '../primitives/ids';
import {
  boxPxSchema,
  bytesSchema,
  instantSchema,
  landmarksSchema,
  similaritySchema,
} from '../primitives/scalars';
import { versionSchema } from './protocol';

/**
 * `preview.watch`, server to agent: send pictures for this long. Renewed while somebody watches, so that a lost
 * *stop* cannot leave a door sending for ever. `leaseMs` 0 stops at once. No answer.
 */
export const previewWatchSchema = z.object({
  v: versionSchema,
  leaseMs: z.int().min(0).max(60_000),
  framesPerSecondMax: z.number().min(0.1).max(30),
});

/** A face on a picture, as the agent sees it at that moment. */
export const previewFaceSchema = z.object({
  trackId: trackIdSchema,
  box: boxPxSchema,
  landmarks: landmarksSchema.nullable(),
  /** The detector's confidence. */
  score: z.number().min(0).max(1),
  /** What is known of the face so far. `deciding`: too early to say. `denied`: recognised, and turned away. */
  status: z.enum(['deciding', 'granted', 'denied', 'unknown', 'ambiguous']),
  /** Who it is, when `granted` or `denied`. */
  person: z.object({ id: personIdSchema, name: z.string() }).nullable(),
  /** Similarity to the best person so far. */
  similarity: similaritySchema.nullable(),
  /** Let in, but the lock did not answer, and the door is shut; left out otherwise. */
  lockSilent: z.literal(true).optional(),
});

/** `preview.frame`, agent to server, volatile: the newest picture; a late one is dropped, never queued. */
export const previewFrameSchema = z.object({
  v: versionSchema,
  capturedAt: instantSchema,
  /** Size of the frame that the boxes are in; the JPEG may be smaller, in the same proportion. */
  width: z.int().positive(),
  height: z.int().positive(),
  jpeg: bytesSchema(2_000_000),
  faces: z.array(previewFaceSchema).max(64),
  /** Frames a second that the agent looked at, over the last seconds. */
  framesPerSecond: z.number().nonnegative(),
  /** Whether the door makes itself known, as it was commanded; left out when it does not. */
  identifying: z.boolean().optional(),
});

/** `capture.request`, server to agent: the best pictures of one track's face, for enrolment. */
export const captureRequestSchema = z.object({ v: versionSchema, trackId: trackIdSchema });

/** Pictures show the face with a margin around it, best first. `capture/track-gone` when the agent forgot it. */
export const captureAnswerSchema = answerSchema({
  captures: z
    .array(z.object({ jpeg: bytesSchema(2_000_000) }))
    .min(1)
    .max(5),
});

export type PreviewWatch = z.infer<typeof previewWatchSchema>;
export type PreviewFace = z.infer<typeof previewFaceSchema>;
export type PreviewFrame = z.infer<typeof previewFrameSchema>;
export type CaptureRequest = z.infer<typeof captureRequestSchema>;
export type CaptureAnswer = z.infer<typeof captureAnswerSchema>;
