import * as z from 'zod';
import { personIdSchema } from '../primitives/ids';
import { revisionSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/** The most people of one message; more come in several. */
export const PEOPLE_PER_REVOKE_MAX = 500;

/**
 * `people.revoke`, server to agent: whom it must not let in any longer, ahead of everything else. It forgets these people
 * and their templates at once, in memory and on its disk, confirms with `people.revoked`, and passes over what a page
 * says of them that was read before `revision`; later pages say what they are from then on.
 */
export const peopleRevokeSchema = z.object({
  v: versionSchema,
  /** Where the revocation is in the feed. */
  revision: revisionSchema,
  personIds: z.array(personIdSchema).min(1).max(PEOPLE_PER_REVOKE_MAX),
});

/** `people.revoked`, agent to server: everybody who was revoked up to here is forgotten, on its disk too. No answer. */
export const peopleRevokedSchema = z.object({ v: versionSchema, revision: revisionSchema });

export type PeopleRevoke = z.infer<typeof peopleRevokeSchema>;
export type PeopleRevoked = z.infer<typeof peopleRevokedSchema>;
