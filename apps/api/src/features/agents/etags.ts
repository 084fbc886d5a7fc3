import { createHash } from 'node:crypto';
import type { doorPersonSchema, ruleSetSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { DoorCamera } from '../cameras/door-camera.entity';

const ETAG_LENGTH = 16;

/** Names what a door knows of a person; groups in any order are the same. */
export function personEtag(person: z.input<typeof doorPersonSchema>): string {
  return etagOf({ ...person, groupIds: [...(person.groupIds ?? [])].sort() });
}

/**
 * Names the rules of a door. Overrides that end by themselves are no part of it: they drop out of what is sent when their
 * time is over, which no door has to be told of.
 */
export function rulesEtag(rules: Omit<z.input<typeof ruleSetSchema>, 'people'>): string {
  const lasting = rules.overrides.filter(({ until }) => until === null);
  return etagOf({ ...rules, overrides: lasting.sort((a, b) => (a.priority < b.priority ? -1 : 1)) });
}

/**
 * Names the settings of a door and of its camera. A camera's password counts sealed: set again it is another, and nothing
 * can be told of it by the name.
 */
export function doorEtag(door: object, camera: Pick<DoorCamera, 'camera' | 'sealedPassword'> | null): string {
  if (camera === null) return etagOf(door);
  return etagOf({ door, camera: camera.camera, password: camera.sealedPassword?.toString('base64') ?? null });
}

/** Names a content by 96 bits of its hash. @param content plain JSON; keys always in the same order */
export function etagOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, ETAG_LENGTH);
}
