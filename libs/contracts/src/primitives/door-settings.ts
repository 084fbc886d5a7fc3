import * as z from 'zod';

/** How an input is wired: which position of its contact is the quiet one. Null: not wired. */
export const doorContactSchema = z.enum(['normally-open', 'normally-closed']).nullable();

/**
 * The inputs of a door. `position`: active while it stands open. `rex`: a request to exit. `tamper`: the cover is off.
 * `bolt`: a second lock is thrown by key. `fire`: the fire release, which is wired and only looked at here.
 */
export const doorInputsSchema = z.object({
  position: doorContactSchema.default(null),
  rex: doorContactSchema.default(null),
  tamper: doorContactSchema.default(null),
  bolt: doorContactSchema.default(null),
  fire: doorContactSchema.default(null),
});

const fields = {
  /** Cosine similarity from which a probe may be a person, set by hand; higher is stricter. Wins over `fpirMax`. */
  similarityMin: z.number().min(0).max(1).nullable(),
  /** Share of strangers that the door may take for somebody (FPIR). Null, and nothing by hand: the model's threshold. */
  fpirMax: z.number().gt(0).max(0.1).nullable(),
  /** How far the best person must lead the second best; nearer is `ambiguous`. */
  marginMin: z.number().min(0).max(1),
  /** Faces smaller than this, in pixels of the frame, are not looked for. */
  faceSizeMinPx: z.int().min(20).max(1000),
  /** Frames whose embeddings are fused before a decision. */
  framesToDecide: z.int().min(1).max(30),
  /** Fused liveness score from which a face that may pass counts as live; higher is stricter. Null: it is not asked. */
  livenessMin: z.number().gt(0).lt(1).nullable(),
  /** Of which visits a picture of the face is kept, to be looked at later. */
  eventPictures: z.enum(['none', 'denied', 'all']),
  /** Whether that goes for faces that the door does not know, too. */
  unknownFacePictures: z.boolean(),
  /** The same person, or the same unknown face, makes no new visit before this pause. */
  revisitPauseMs: z.int().min(0).max(3_600_000),
  /** How long the relay holds the door unlocked after a grant. */
  unlockMs: z.int().min(100).max(600_000),
  /** The same for people who need longer. */
  extendedUnlockMs: z.int().min(100).max(600_000),
  /** How long the door may stand open before it is a *door held open*. */
  heldOpenMs: z.int().min(1_000).max(3_600_000),
  /** The same after a grant of extended time. */
  extendedHeldOpenMs: z.int().min(1_000).max(3_600_000),
  /** So long before a *door held open* the door warns; 0: not at all. */
  heldOpenWarningMs: z.int().min(0).max(600_000),
  /** Whether the door locks once it has closed behind somebody, however much of its time is left. */
  relockOnClose: z.boolean(),
  /** How long after that it locks: a lock that shoots too early keeps its door from closing. */
  relockDelayMs: z.int().min(0).max(10_000),
  /** How long a request to exit unlocks; 0: it only says that the door may be opened from inside. */
  rexUnlockMs: z.int().min(0).max(600_000),
  /** What is wired, and how. */
  inputs: doorInputsSchema,
  /** How long an input must hold still before it counts. */
  inputDebounceMs: z.int().min(0).max(1_000),
};

/** How one door recognises and decides. Every field has a default, so an older server's door still works. */
export const doorSettingsSchema = z.object({
  similarityMin: fields.similarityMin.default(null),
  fpirMax: fields.fpirMax.default(null),
  marginMin: fields.marginMin.default(0.05),
  faceSizeMinPx: fields.faceSizeMinPx.default(80),
  framesToDecide: fields.framesToDecide.default(3),
  livenessMin: fields.livenessMin.default(null),
  eventPictures: fields.eventPictures.default('none'),
  unknownFacePictures: fields.unknownFacePictures.default(false),
  revisitPauseMs: fields.revisitPauseMs.default(10_000),
  unlockMs: fields.unlockMs.default(5_000),
  extendedUnlockMs: fields.extendedUnlockMs.default(15_000),
  heldOpenMs: fields.heldOpenMs.default(30_000),
  extendedHeldOpenMs: fields.extendedHeldOpenMs.default(60_000),
  heldOpenWarningMs: fields.heldOpenWarningMs.default(10_000),
  relockOnClose: fields.relockOnClose.default(true),
  relockDelayMs: fields.relockDelayMs.default(0),
  rexUnlockMs: fields.rexUnlockMs.default(5_000),
  inputs: fields.inputs.prefault({}),
  inputDebounceMs: fields.inputDebounceMs.default(30),
});

/** A change of some of a door's settings; what is not named stays as it is. */
export const doorSettingsPatchSchema = z.object(fields).partial();

export type DoorInputs = z.infer<typeof doorInputsSchema>;
export type DoorSettings = z.infer<typeof doorSettingsSchema>;
export type DoorSettingsPatch = z.infer<typeof doorSettingsPatchSchema>;
