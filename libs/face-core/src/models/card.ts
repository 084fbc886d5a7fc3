import { z } from 'zod';

/** The name of a model: lower case, so that it is one file name everywhere. */
export const modelIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'must be 1 to 64 of a to z, 0 to 9, dot, dash and underscore, and begin with a letter or digit',
  );

const name = z.string().min(1);
const meanSchema = z.union([z.number(), z.array(z.number()).length(3)]);
const scaleSchema = z.union([z.number().positive(), z.array(z.number().positive()).length(3)]);

/**
 * How a network wants its pixels: `(value - mean) / scale` of 0 to 255, planes (NCHW) in this order. Mean and scale are
 * one number for all planes, or one for each in the network's own order.
 */
const pixelsSchema = z.strictObject({
  channelOrder: z.enum(['rgb', 'bgr']),
  mean: meanSchema,
  scale: scaleSchema,
});

const regionPixelsSchema = z
  .strictObject({ channelOrder: z.enum(['rgb', 'bgr', 'grey']), mean: meanSchema, scale: scaleSchema })
  .refine(
    ({ channelOrder, mean, scale }) =>
      channelOrder !== 'grey' || (typeof mean === 'number' && typeof scale === 'number'),
    { message: 'grey is one plane: mean and scale must be one number each' },
  );

/** Fields of an embedder's card. */
export const embedderFields = {
  kind: z.literal('embedder'),
  input: name,
  outputs: z.strictObject({ embedding: name }),
  /** Side of the square input, in pixels: the aligned face is scaled to it. 112 where left out. */
  sizePx: z.int().min(32).max(1024).optional(),
  pixels: pixelsSchema,
  /** Numbers in an embedding. */
  dimension: z.int().positive().max(4096),
  /** Cosine from which two faces may be one person, until a site is calibrated. */
  similarityMin: z.number().min(-1).max(1),
};

/** What the networks share that look at a face's box and so much around it. */
const regionFields = {
  input: name,
  /** Side of the square input, in pixels. */
  sizePx: z.int().min(8).max(1024),
  /** How many times the face's box the network sees. */
  boxScale: z.number().positive().max(10),
  pixels: regionPixelsSchema,
};

/** Fields of a liveness network's card. */
export const livenessFields = {
  kind: z.literal('liveness'),
  ...regionFields,
  output: name,
  /** Logits that the network gives, one a class. */
  classes: z.int().min(2).max(64),
  /** Which class is a live person, from 0. */
  liveClass: z.int().nonnegative(),
};

/** Fields of the card of a network of 68 landmarks. */
export const landmarks68Fields = { kind: z.literal('landmarks-68'), ...regionFields, output: name };

const sign = z.union([z.literal(1), z.literal(-1)]);

/** Fields of a pose network's card. */
export const poseFields = {
  kind: z.literal('pose'),
  ...regionFields,
  outputs: z.strictObject({ yaw: name, pitch: name, roll: name }),
  /** Where each output is one logit a bin of angles: how many, the centre of the first, the distance to the next. */
  bins: z
    .strictObject({
      count: z.int().min(2).max(1024),
      firstDeg: z.number(),
      widthDeg: z.number().positive(),
    })
    .optional(),
  /** What is added to the network's own angles; 0 where left out. */
  offsetDeg: z.strictObject({ yaw: z.number(), pitch: z.number(), roll: z.number() }).optional(),
  /** 1 where the network's angle counts as in `HeadPose`, -1 where the other way round. */
  signs: z.strictObject({ yaw: sign, pitch: sign, roll: sign }),
};

/** Whether the class that means a live person is one of those that a network gives. */
export function liveClassExists({ classes, liveClass }: { classes: number; liveClass: number }): boolean {
  return liveClass < classes;
}

/** What {@link liveClassExists} says of a card that fails it. */
export const LIVE_CLASS_PROBLEM = { path: ['liveClass'], message: 'must be less than classes' };

const rightsFields = {
  /** The licence of the file, for people. */
  licence: z.string().trim().min(1),
  /** What a user should know of the rights behind it: who trained it, on which data. */
  licenceTruth: z.string().trim().min(1).optional(),
};

const calibrationSchema = z
  .array(z.strictObject({ fmr: z.number().gt(0).lt(1), similarityMin: z.number().min(-1).max(1) }))
  .min(1)
  .refine(
    (points) =>
      points.slice(1).every(({ fmr, similarityMin }, index) => {
        const before = points[index] as (typeof points)[number];
        return fmr < before.fmr && similarityMin >= before.similarityMin;
      }),
    { message: 'must go from the highest FMR to the lowest, with thresholds that never fall on the way' },
  );

/** A card as a person writes it for a model of their own. */
export const siteCardSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...embedderFields,
    ...rightsFields,
    /** Which similarity is which false match rate, from the highest rate to the lowest. */
    calibration: calibrationSchema.optional(),
  }),
  z.strictObject({ ...livenessFields, ...rightsFields }).refine(liveClassExists, LIVE_CLASS_PROBLEM),
  z.strictObject({ ...landmarks68Fields, ...rightsFields }),
  z.strictObject({ ...poseFields, ...rightsFields }),
]);

/** What a site says of its own model. */
export type SiteCard = z.infer<typeof siteCardSchema>;

type Card<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>> & { readonly id: string };

/** What the user of a network needs to know of it, by the kind of its model. */
export interface CardByKind {
  readonly embedder: Card<typeof embedderFields>;
  readonly liveness: Card<typeof livenessFields>;
  readonly 'landmarks-68': Card<typeof landmarks68Fields>;
  readonly pose: Card<typeof poseFields>;
}

/** What an embedder needs to know of its network. */
export type EmbedderCard = CardByKind['embedder'];
