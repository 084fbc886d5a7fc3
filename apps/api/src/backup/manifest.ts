import { z } from 'zod';
import { StartError } from '../platform/errors/start-error';

/** Name of the entry that says what the others are; the last one written, so that a file that was cut off has none. */
export const MANIFEST = 'manifest.json';

const tableSchema = z.object({
  name: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  columns: z.array(z.string().regex(/^[a-z_][a-z0-9_]*$/)).min(1),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** SHA-256 of the entry, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const partitionSchema = z.object({ name: z.string(), parent: z.string(), bound: z.string() });

/** What a backup holds: `tables/<name>.copy`, each in PostgreSQL's text COPY format, in an order that can be loaded. */
export const manifestSchema = z.object({
  format: z.literal('munjigi-backup/1'),
  madeAt: z.iso.datetime(),
  /** Names of the migrations that made the schema, oldest first. */
  migrations: z.array(z.string()).min(1),
  partitions: z.array(partitionSchema),
  tables: z.array(tableSchema),
});

export type BackupManifest = z.infer<typeof manifestSchema>;
export type BackupTable = z.infer<typeof tableSchema>;
export type BackupPartition = z.infer<typeof partitionSchema>;

/** Path of a table's entry in the archive. */
export function entryOf(table: string): string {
  return `tables/${table}.copy`;
}

/** @throws {StartError} `backup/unreadable` */
export function parseManifest(json: string): BackupManifest {
  try {
    return manifestSchema.parse(JSON.parse(json));
  } catch (cause) {
    throw unreadable('its manifest cannot be understood', cause);
  }
}

/** The refusal of a file that is no whole backup. */
export function unreadable(why: string, cause?: unknown): StartError {
  return new StartError(
    'backup/unreadable',
    `The backup cannot be used: ${why}. Nothing was restored. Take another copy of it, or an older backup.`,
    undefined,
    cause,
  );
}
