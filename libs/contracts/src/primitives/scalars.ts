import * as z from 'zod';

/** An instant, ISO 8601 in UTC with milliseconds on the wire. */
export const instantSchema = z.iso.datetime({ offset: true });

/** A day of the calendar, `YYYY-MM-DD`, without a time zone; only days that exist. */
export const calendarDateSchema = z.iso.date();

/**
 * A name of the IANA time zone database, such as `Asia/Seoul`. That this machine knows the zone is not promised: a door
 * whose own database is older must be able to read it, and then denies.
 */
export const timeZoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/, 'must be a time zone such as Asia/Seoul');

/** A time zone that this machine knows; for what people choose. */
export const knownTimeZoneSchema = timeZoneSchema.refine(isKnownTimeZone, 'is not a known time zone');

/** A person's name as people write it: 1 to 200 characters after trimming, no control characters. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** A door's or site's name: 1 to 120 characters after trimming, no control characters. */
export const placeNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** The name of a model in `models.lock.json`, such as `mobilefacenet-192`. */
export const modelIdSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);

/** Cosine similarity of two L2-normalised embeddings, -1 to 1. */
export const similaritySchema = z.number().min(-1).max(1);

/** Names a content; equal contents of one thing have equal names. */
export const etagSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** A place in the change feed. 0 is before the first change. */
export const revisionSchema = z.int().nonnegative();

/** The number of an event within its (device, epoch), from 1, without gaps. */
export const sequenceSchema = z.int().positive();

/** SHA-256 of an event, 32 bytes in base64url. */
export const eventHashSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url');

/**
 * Bytes on a socket. Accepts what each end's transport hands over (Buffer and Uint8Array in Node, ArrayBuffer in
 * a browser) and always yields a Uint8Array view of the same memory.
 *
 * @param lengthMax refuses more bytes than this
 */
export function bytesSchema(lengthMax: number) {
  return z
    .custom<Uint8Array | ArrayBuffer>(isBytes, 'must be binary')
    .transform((value) =>
      ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value),
    )
    .refine((value) => value.byteLength <= lengthMax, `must be at most ${lengthMax} bytes`);
}

function isKnownTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isBytes(value: unknown): value is Uint8Array | ArrayBuffer {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Uint8Array]' || tag === '[object ArrayBuffer]';
}

/** Pixels of the frame: origin top-left, x right, y down. A box may leave the frame. */
export const boxPxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});

/** Five points in frame pixels: image-left eye, image-right eye, nose tip, image-left and -right mouth corner. */
export const landmarksSchema = z.array(z.object({ x: z.number(), y: z.number() })).length(5);

export type BoxPx = z.infer<typeof boxPxSchema>;
export type Landmarks = z.infer<typeof landmarksSchema>;
