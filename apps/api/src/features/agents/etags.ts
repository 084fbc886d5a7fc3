import { createHash } from 'node:crypto';
import type { doorPersonSchema, ruleSetSchema } from '@munjigi/contracts';
import type { z } from 'zod';

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

/** Names a content by 96 bits of its hash. @param content plain JSON; keys always in the same order */
export function etagOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, ETAG_LENGTH);
}
