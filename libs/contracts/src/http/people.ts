import * as z from 'zod';
import { personGroupIdsSchema, personStatusSchema } from '../primitives/access-level';
import { faceQualitySchema, qualityReasonSchema } from '../primitives/face-quality';
import { groupIdSchema, personIdSchema, siteIdSchema, templateIdSchema } from '../primitives/ids';
import { lookAlikeSchema } from './enrolment';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import {
  customFieldKeySchema,
  customFieldValueSchema,
  departmentSchema,
  employeeNumberSchema,
  personEmailSchema,
  personKindSchema,
  phoneSchema,
  reasonTextSchema,
} from '../primitives/person';
import {
  boxPxSchema,
  instantSchema,
  landmarksSchema,
  modelIdSchema,
  personNameSchema,
  placeNameSchema,
} from '../primitives/scalars';

/** What is told of a template. The embedding itself never leaves the server over HTTP. */
export const templateSchema = z.object({
  id: templateIdSchema,
  modelId: modelIdSchema,
  /** Where the face came from. */
  origin: z.enum(['photo', 'door', 'import']),
  /** Null for those that were made before quality was measured. */
  quality: faceQualitySchema.nullable().default(null),
  /** Whether it is the best of the person’s templates of its model. */
  best: z.boolean().default(false),
  createdAt: instantSchema,
});

/** What is kept of a person beside their face, each as it is shown. */
const details = {
  kind: personKindSchema,
  /** The site that they belong to; null: to the whole organisation. */
  siteId: siteIdSchema.nullable(),
  employeeNumber: employeeNumberSchema.nullable(),
  department: departmentSchema.nullable(),
  email: personEmailSchema.nullable(),
  phone: phoneSchema.nullable(),
  /** Only the fields that have a value. */
  customFields: z.record(customFieldKeySchema, customFieldValueSchema),
  /** From when on they may be let in; null: since ever. */
  validFrom: instantSchema.nullable(),
  /** Until when; the instant itself is outside. Null: for ever. */
  validUntil: instantSchema.nullable(),
  status: personStatusSchema,
  /** Why they are suspended or blocked; null while active. */
  statusReason: reasonTextSchema.nullable(),
  /** Doors stay unlocked longer for them. */
  extendedDoorTime: z.boolean(),
  /** Never suspended for not having been seen. */
  idleExempt: z.boolean(),
};

export const personSchema = z.object({
  id: personIdSchema,
  name: personNameSchema,
  kind: details.kind.default('employee'),
  siteId: details.siteId.default(null),
  employeeNumber: details.employeeNumber.default(null),
  department: details.department.default(null),
  email: details.email.default(null),
  phone: details.phone.default(null),
  customFields: details.customFields.default({}),
  groups: z.array(z.object({ id: groupIdSchema, name: placeNameSchema })).default([]),
  validFrom: details.validFrom.default(null),
  validUntil: details.validUntil.default(null),
  status: details.status.default('active'),
  statusReason: details.statusReason.default(null),
  extendedDoorTime: details.extendedDoorTime.default(false),
  idleExempt: details.idleExempt.default(false),
  /** When a door last let them in, to the hour; null: never. */
  lastGrantedAt: instantSchema.nullable().default(null),
  templates: z.array(templateSchema),
  /** Path of a small picture of the person’s face, or null when none is kept. */
  portraitUrl: z.string().nullable(),
  /** Grows with each change; say it when changing, and nobody’s change is overwritten unseen. */
  version: z.int().positive().default(1),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** What people are sorted by. */
export const peopleSortSchema = z.enum([
  'name',
  'employeeNumber',
  'department',
  'validUntil',
  'lastGrantedAt',
  'createdAt',
  'updatedAt',
]);

/**
 * `GET /api/people`; `search` is a part of name, employee number, department or e-mail address, in any case. Every
 * filter that is given must hold.
 */
export const peopleQuerySchema = pageQuerySchema.extend({
  search: z.string().trim().max(200).optional(),
  groupId: groupIdSchema.optional(),
  status: personStatusSchema.optional(),
  kind: personKindSchema.optional(),
  /** People of that site; `none`: of the whole organisation. */
  site: z.union([siteIdSchema, z.literal('none')]).optional(),
  department: departmentSchema.optional(),
  /** Whether they have a template; of `modelId` where that is given. */
  credentials: z.enum(['some', 'none']).optional(),
  modelId: modelIdSchema.optional(),
  /** Their time ends within so many days from now. */
  expiringWithinDays: z.coerce.number().int().min(1).max(3650).optional(),
  /** No door has let them in for so many days. */
  idleDays: z.coerce.number().int().min(1).max(3650).optional(),
  sort: peopleSortSchema.default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
});
export const peoplePageSchema = pageSchema(personSchema).extend({ total: z.int().nonnegative() });

/** What a request may set of a person; null takes a value away. */
const settable = {
  siteId: details.siteId.optional(),
  employeeNumber: details.employeeNumber.optional(),
  department: details.department.optional(),
  email: details.email.optional(),
  phone: details.phone.optional(),
  /** Fields that are not named stay; null takes a value away. */
  customFields: z.record(customFieldKeySchema, customFieldValueSchema.nullable()).optional(),
  groupIds: personGroupIdsSchema.optional(),
  validFrom: details.validFrom.optional(),
  validUntil: details.validUntil.optional(),
  status: details.status.optional(),
  /** Needed when the status becomes suspended or blocked. */
  statusReason: details.statusReason.optional(),
  extendedDoorTime: details.extendedDoorTime.optional(),
  idleExempt: details.idleExempt.optional(),
};

/** `POST /api/people` */
export const createPersonRequestSchema = z.object({ name: personNameSchema, ...settable });

/** `PATCH /api/people/{id}`; what is not named stays. */
export const updatePersonRequestSchema = z.object({
  name: personNameSchema.optional(),
  ...settable,
  /** The version that the change was made on: refused when the person has changed since. `If-Match` says the same. */
  version: z.int().positive().optional(),
});

/** The face that enrolment found, in pixels of the upright photo. */
export const enrolledFaceSchema = z.object({
  box: boxPxSchema,
  landmarks: landmarksSchema,
  score: z.number().min(0).max(1),
  imageWidth: z.int().positive(),
  imageHeight: z.int().positive(),
});

/** `POST /api/people/{id}/photos`, multipart with one file named `photo` (JPEG, PNG or WebP), and `NotTheSamePerson`. */
export const enrolPhotoResponseSchema = z.object({
  person: personSchema,
  template: templateSchema,
  face: enrolledFaceSchema,
  /** What would make a better picture; empty when there is nothing to say. */
  warnings: z.array(qualityReasonSchema).default([]),
  /** Others who look alike, though enrolment went on. */
  lookAlikes: z.array(lookAlikeSchema).default([]),
});

/** Why a photo could not be enrolled: codes of the problem document. */
export const enrolmentRefusalSchema = z.enum([
  'enrolment/no-face',
  'enrolment/several-faces',
  'enrolment/face-too-small',
  'enrolment/unreadable-image',
  'enrolment/image-too-large',
  'enrolment/unsupported-type',
  'enrolment/missing-file',
  'enrolment/poor-quality',
  'enrolment/duplicate',
  'enrolment/look-alike',
  'enrolment/reason-missing',
  'enrolment/consent-missing',
  'enrolment/too-many-templates',
  'enrolment/track-gone',
  'enrolment/door-offline',
]);

export type Template = z.infer<typeof templateSchema>;
export type Person = z.infer<typeof personSchema>;
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;
export type PeopleSort = z.infer<typeof peopleSortSchema>;
export type PeoplePage = z.infer<typeof peoplePageSchema>;
export type CreatePersonRequest = z.infer<typeof createPersonRequestSchema>;
export type UpdatePersonRequest = z.infer<typeof updatePersonRequestSchema>;
export type EnrolledFace = z.infer<typeof enrolledFaceSchema>;
export type EnrolPhotoResponse = z.infer<typeof enrolPhotoResponseSchema>;
export type EnrolmentRefusal = z.infer<typeof enrolmentRefusalSchema>;
