import * as z from 'zod';
import { localPersonSchema } from '../agent/local-people';
import { personGroupIdsSchema } from '../primitives/access-level';
import { personIdSchema } from '../primitives/ids';
import { reasonTextSchema } from '../primitives/person';
import { notTheSamePersonSchema } from './enrolment';
import { recordConsentRequestSchema } from './privacy';

/** `GET /api/doors/{id}/local-people`: who was registered at the door itself and waits for an administrator. */
export const localPeopleResponseSchema = z.object({ items: z.array(localPersonSchema) });

/**
 * `POST /api/doors/{id}/local-people/{personId}/accept`: takes somebody over, as a new person, or as one who is there
 * already.
 */
export const acceptLocalPersonRequestSchema = z.object({
  /** Who they are, where they are known already; absent: a new person. */
  asPersonId: personIdSchema.optional(),
  /** The groups of a new person; absent: those that new people join. */
  groupIds: personGroupIdsSchema.optional(),
  consent: recordConsentRequestSchema.optional(),
  ...notTheSamePersonSchema.shape,
});

/** `POST /api/doors/{id}/local-people/{personId}/reject`: the door forgets them. */
export const rejectLocalPersonRequestSchema = z.object({ reason: reasonTextSchema.optional() });

export type AcceptLocalPersonRequest = z.infer<typeof acceptLocalPersonRequestSchema>;
export type RejectLocalPersonRequest = z.infer<typeof rejectLocalPersonRequestSchema>;
