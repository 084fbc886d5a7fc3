import * as z from 'zod';
import { protocolRangeSchema } from '../agent/protocol';
import { doorSettingsPatchSchema, doorSettingsSchema } from '../primitives/door-settings';
import { cameraFaultKindSchema } from '../primitives/camera-settings';
import { deviceHealthSchema } from '../primitives/device-health';
import { doorConditionSchema } from '../primitives/door-state';
import { fingerprintSchema } from '../primitives/device-key';
import { doorIdSchema, siteIdSchema, trackIdSchema } from '../primitives/ids';
import { instantSchema, personNameSchema, placeNameSchema, revisionSchema } from '../primitives/scalars';
import { lookAlikeSchema, notTheSamePersonSchema } from './enrolment';
import { personSchema } from './people';
import { recordConsentRequestSchema } from './privacy';

/** The device at a door, as it last was; what nobody has said yet is null. */
export const doorDeviceSchema = z.object({
  /** `unpaired`: it comes with a token, or never came. `revoked`: it is let in again only once another is paired. */
  state: z.enum(['unpaired', 'paired', 'revoked']),
  /** When the door's first device, or the one after a revocation, was paired. */
  pairedAt: instantSchema.nullable(),
  /** Of the key that it proves itself by now. */
  fingerprint: fingerprintSchema.nullable(),
  agentVersion: z.string().nullable(),
  /** The version of the protocol that it spoke. */
  protocol: z.int().positive().nullable(),
  /** The versions that it speaks, where it was refused for them; null: it was let in since. */
  refusedProtocol: protocolRangeSchema.nullable().default(null),
  /** Everything up to here is in its store. */
  appliedRevision: revisionSchema.nullable(),
  /** Server clock minus its clock when it last said hello, ms; what the message took to come is in it. */
  clockOffsetMs: z.number().nullable(),
  /** When all that is on its disk was last compared with what should be; null: never. */
  comparedAt: instantSchema.nullable().default(null),
  /** Whether it was the same; null: never compared. */
  agrees: z.boolean().nullable().default(null),
  /** As it last measured itself. */
  health: deviceHealthSchema.nullable().default(null),
});

export const doorSchema = z.object({
  id: doorIdSchema,
  site: z.object({ id: siteIdSchema, name: placeNameSchema }),
  name: placeNameSchema,
  settings: doorSettingsSchema,
  /** Whether the door's agent is connected now. */
  online: z.boolean(),
  /** The lock as the agent last reported it; `unknown` before its first report. */
  lock: z.enum(['locked', 'unlocked', 'unknown']),
  /** When the agent was last heard of, or null. */
  lastSeenAt: instantSchema.nullable(),
  /** What keeps the agent from seeing, in words for people, or null. */
  cameraFault: z.string().nullable(),
  /** Which kind of fault it is; null also where it is none of these. */
  cameraFaultKind: cameraFaultKindSchema.nullable().default(null),
  /** How the agent last reported the door, beyond its lock; null before it did. */
  condition: doorConditionSchema.nullable().default(null),
  /** Null from a server that does not know devices. */
  device: doorDeviceSchema.nullable().default(null),
  createdAt: instantSchema,
});

/** `GET /api/doors` */
export const doorListSchema = z.object({ items: z.array(doorSchema) });

/** `POST /api/doors` */
export const createDoorRequestSchema = z.object({
  name: placeNameSchema,
  settings: doorSettingsPatchSchema.optional(),
});

/** The token that the door's agent authenticates with; shown this once, kept only as a hash. */
export const agentTokenSchema = z.string().regex(/^mnj_agent_[A-Za-z0-9_-]{43}$/);

/** Answers `POST /api/doors` and `POST /api/doors/{id}/agent-token`; a new token ends the old one. */
export const doorWithTokenSchema = z.object({ door: doorSchema, agentToken: agentTokenSchema });

/** `PATCH /api/doors/{id}` */
export const updateDoorRequestSchema = z.object({
  name: placeNameSchema.optional(),
  settings: doorSettingsPatchSchema.optional(),
});

/** `POST /api/doors/{id}/enrolments`: makes the face of a live track a new person. */
export const enrolTrackRequestSchema = z.object({
  trackId: trackIdSchema,
  name: personNameSchema,
  /** What the person has consented to, where the deployment asks for it before a template may exist. */
  consent: recordConsentRequestSchema.optional(),
  ...notTheSamePersonSchema.shape,
});
export const enrolTrackResponseSchema = z.object({
  person: personSchema,
  lookAlikes: z.array(lookAlikeSchema).default([]),
});

export type Door = z.infer<typeof doorSchema>;
export type DoorDevice = z.infer<typeof doorDeviceSchema>;
export type DoorList = z.infer<typeof doorListSchema>;
export type CreateDoorRequest = z.infer<typeof createDoorRequestSchema>;
export type UpdateDoorRequest = z.infer<typeof updateDoorRequestSchema>;
export type DoorWithToken = z.infer<typeof doorWithTokenSchema>;
export type EnrolTrackRequest = z.infer<typeof enrolTrackRequestSchema>;
export type EnrolTrackResponse = z.infer<typeof enrolTrackResponseSchema>;
