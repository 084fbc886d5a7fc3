import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { bytesSchema, eventHashSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/** The largest picture of an event, bytes. */
export const IMAGE_BYTES_MAX = 65_536;

/** The largest part of a picture that travels at once, bytes: what is more urgent must not wait for long. */
export const IMAGE_CHUNK_BYTES_MAX = 32_768;

/** The name of a picture: SHA-256 of the JPEG, in base64url. The event that it belongs to carries it. */
const imageHashSchema = eventHashSchema;

const sizeSchema = z.int().positive().max(IMAGE_BYTES_MAX);

/**
 * Where a picture stands. `wanted`: to be sent from byte `nextByte` on. `stored`: all of it is here. `refused`: nobody
 * may keep it, or nothing is known of it. What is stored or refused the door forgets.
 */
export const imageStandingSchema = z.object({
  state: z.enum(['wanted', 'stored', 'refused']),
  nextByte: z.int().nonnegative(),
});

/** `images.offer`, agent to server: pictures of events that were acknowledged. */
export const imagesOfferSchema = z.object({
  v: versionSchema,
  images: z
    .array(z.object({ hash: imageHashSchema, sizeBytes: sizeSchema }))
    .min(1)
    .max(50),
});

/** One standing for each picture, in the order of the offer. */
export const imagesOfferAnswerSchema = answerSchema({ images: z.array(imageStandingSchema).max(50) });

/** `images.chunk`, agent to server: a part of a picture, from byte `fromByte` on. */
export const imagesChunkSchema = z.object({
  v: versionSchema,
  hash: imageHashSchema,
  /** Of the whole picture. */
  sizeBytes: sizeSchema,
  fromByte: z.int().nonnegative().max(IMAGE_BYTES_MAX),
  bytes: bytesSchema(IMAGE_CHUNK_BYTES_MAX),
});

/** Sent after the commit. A part that does not begin where the server stands changes nothing. */
export const imagesChunkAnswerSchema = answerSchema(imageStandingSchema.shape);

export type ImageStanding = z.infer<typeof imageStandingSchema>;
export type ImagesOffer = z.infer<typeof imagesOfferSchema>;
export type ImagesChunk = z.infer<typeof imagesChunkSchema>;
