import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { areaIdSchema, personIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/** The most entries of one message; more come in several. */
export const WHEREABOUTS_MAX = 5_000;

/** Where somebody went, by a door of the same site; null: outside of every area. */
export const movedSchema = z.object({
  personId: personIdSchema,
  areaId: areaIdSchema.nullable(),
  at: instantSchema,
});

/** Somebody whose next pass breaks no anti-passback rule, unless they passed since. */
export const pardonedSchema = z.object({ personId: personIdSchema, at: instantSchema });

const whereabouts = {
  moved: z.array(movedSchema).max(WHEREABOUTS_MAX),
  pardoned: z.array(pardonedSchema).max(WHEREABOUTS_MAX),
};

/**
 * `whereabouts.told`, server to agent: what other doors of the site told of who passed, and who was pardoned, as it comes.
 * Lost where the link is; the agent asks for all of it when it is back. No answer.
 */
export const whereaboutsToldSchema = z.object({ v: versionSchema, ...whereabouts });

/** `whereabouts.pull`, agent to server: where everybody is, from one person on; null: from the first. */
export const whereaboutsPullSchema = z.object({ v: versionSchema, afterPersonId: personIdSchema.nullable() });

/** `next`: ask on after that person; null: that was all. */
export const whereaboutsPullAnswerSchema = answerSchema({ ...whereabouts, next: personIdSchema.nullable() });

export type Moved = z.infer<typeof movedSchema>;
export type Pardoned = z.infer<typeof pardonedSchema>;
export type WhereaboutsTold = z.infer<typeof whereaboutsToldSchema>;
export type WhereaboutsPull = z.infer<typeof whereaboutsPullSchema>;
