import * as z from 'zod';
import { jobIdSchema, siteIdSchema } from '../primitives/ids';
import { modelIdSchema } from '../primitives/scalars';

/** How long something is kept at a site. */
export const retentionRuleSchema = z.object({
  /** Null: at sites that have no rule of their own, and for people who belong to the whole organisation. */
  siteId: siteIdSchema.nullable(),
  /**
   * `event`: what happened at doors. `image`: pictures of faces; with no rule none are kept from enrolments and events, and a
   * person's portrait stays while the person does. `template`: what recognises a person.
   */
  kind: z.enum(['event', 'image', 'template']),
  /** Days; older things are removed within hours. */
  days: z.int().min(1).max(36_500),
});

/** `GET` and `PUT /api/settings/retention`. What no rule names is kept, pictures of enrolments and events excepted. */
export const retentionSettingsSchema = z.object({
  rules: z
    .array(retentionRuleSchema)
    .max(1_000)
    .refine(
      (rules) => new Set(rules.map(({ siteId, kind }) => `${siteId} ${kind}`)).size === rules.length,
      'must have one rule for a site and kind at most',
    ),
});

/** `GET /api/models`: the models that there are templates of. */
export const templateModelsSchema = z.object({
  items: z.array(
    z.object({
      id: modelIdSchema,
      /** Whether new templates are made with it. */
      current: z.boolean(),
      templates: z.int().nonnegative(),
      people: z.int().nonnegative(),
    }),
  ),
});

/** The answer to `POST /api/models/{id}/re-embed` and `DELETE /api/models/{id}/templates`: who does it now. */
export const modelJobSchema = z.object({ jobId: jobIdSchema });

export type RetentionRule = z.infer<typeof retentionRuleSchema>;
export type RetentionSettings = z.infer<typeof retentionSettingsSchema>;
