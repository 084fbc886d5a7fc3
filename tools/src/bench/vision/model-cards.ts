import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultModelsDirectory } from '@munjigi/face-core';
import { z } from 'zod';
import { REPOSITORY } from '../../system/paths';

const networkSchema = z.object({
  id: z.string(),
  file: z.string(),
  input: z.string(),
  outputs: z.record(z.string(), z.string()),
  pixels: z.object({ channelOrder: z.enum(['rgb', 'bgr']), mean: z.number(), scale: z.number() }),
  scoreMin: z.number().optional(),
});

const lockSchema = z.object({ entries: z.array(z.looseObject({ kind: z.string(), id: z.string() })) });

/** What the lock says of a network, as far as a benchmark needs it. */
export type NetworkCard = z.infer<typeof networkSchema>;

/** An installed network: its file and its card. @throws when the lock has none of that name */
export function installedNetwork(id: string): { path: string; card: NetworkCard } {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(REPOSITORY, 'models.lock.json'), 'utf8')));
  const entry = lock.entries.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`models.lock.json has no ${id}.`);
  const card = networkSchema.parse(entry);
  return { path: join(defaultModelsDirectory(), card.file), card };
}
