import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { personIdSchema } from '../primitives/ids';
import { instantSchema, personNameSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/** Somebody who was registered at a door itself, and whom no server has taken over. */
export const localPersonSchema = z.object({
  /** Made at the door; whoever is taken over as a new person keeps it, and with it the events of before. */
  id: personIdSchema,
  name: personNameSchema,
  validFrom: instantSchema.nullable(),
  validUntil: instantSchema.nullable(),
  /** Whether the door lets them pass meanwhile: those of before it had a server. */
  passes: z.boolean(),
  createdAt: instantSchema,
});

/** `local.people`, server to agent: who was registered at the door itself. */
export const localPeopleRequestSchema = z.object({ v: versionSchema });

export const localPeopleAnswerSchema = answerSchema({ people: z.array(localPersonSchema).max(5_000) });

/** `local.captures`, server to agent: the pictures of one of them. Answered as `capture.request` is. */
export const localCapturesRequestSchema = z.object({ v: versionSchema, personId: personIdSchema });

/** `local.settle`, server to agent: an administrator has taken them over or refused them; the door forgets its own. */
export const localSettleSchema = z.object({ v: versionSchema, personId: personIdSchema });

/** The same whether they were still there or not. */
export const localSettleAnswerSchema = answerSchema({});

export type LocalPersonAtDoor = z.infer<typeof localPersonSchema>;
export type LocalPeopleRequest = z.infer<typeof localPeopleRequestSchema>;
export type LocalPeopleAnswer = z.infer<typeof localPeopleAnswerSchema>;
export type LocalCapturesRequest = z.infer<typeof localCapturesRequestSchema>;
export type LocalSettle = z.infer<typeof localSettleSchema>;
export type LocalSettleAnswer = z.infer<typeof localSettleAnswerSchema>;
