import * as z from 'zod';

/**
 * How full the disk of a door's computer is. `ok`: there is room. `low`: pictures kept for upload are about to be given
 * up. `full`: the door could not write what happens, and lets nobody in whom it cannot write down.
 */
export const diskLevelSchema = z.enum(['ok', 'low', 'full']);

/** The disk of a door's computer. */
export const diskStateSchema = z.object({
  level: diskLevelSchema,
  /** Bytes that the agent can still write. */
  freeBytes: z.int().nonnegative(),
});

/** The disk as another version may tell it: null where it tells nothing, or a level that is not known here. */
export const toldDiskStateSchema = diskStateSchema.nullable().catch(null).default(null);

export type DiskLevel = z.infer<typeof diskLevelSchema>;
export type DiskState = z.infer<typeof diskStateSchema>;
