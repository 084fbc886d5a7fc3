import * as z from 'zod';
import { transformIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';

/** A master key, told of by its name alone. */
export const masterKeySchema = z.object({
  /** Says where it is kept, and which it is: `local-…` or `kms-…`. */
  id: z.string().min(1).max(120),
  /** Whether it wraps what is new; exactly one does. */
  wrapping: z.boolean(),
  /** Keys that it wrapped; one that wraps no more is retired once this is 0. */
  keys: z.int().nonnegative(),
});

/** A version of the secret transform that templates are kept in. */
export const templateTransformSchema = z.object({
  id: transformIdSchema,
  createdAt: instantSchema,
  /** Templates that are kept in it; an older version goes once this is 0. */
  templates: z.int().nonnegative(),
});

/** `GET /api/keys`, and the answer to `POST /api/keys/rotations` and `POST /api/keys/renewals`. No secret is in it. */
export const keysSchema = z.object({
  masterKeys: z.array(masterKeySchema),
  /** Newest first. */
  transforms: z.array(templateTransformSchema),
  /** Whether keys are being wrapped anew, or templates turned. */
  busy: z.boolean(),
});

export type MasterKeyView = z.infer<typeof masterKeySchema>;
export type Keys = z.infer<typeof keysSchema>;
