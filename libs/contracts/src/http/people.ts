import { z } from 'zod';
import { personIdSchema, templateIdSchema } from '../primitives/ids';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import {
  boxPxSchema,
  instantSchema,
  landmarksSchema,
  modelIdSchema,
  personNameSchema,
} from '../primitives/scalars';

/** What is told of a template. The embedding itself never leaves the server over HTTP. */
export const templateSchema = z.object({
  id: templateIdSchema,
  modelId: modelIdSchema,
  /** Where the face came from. */
  origin: z.enum(['photo', 'door']),
  createdAt: instantSchema,
});

export const personSchema = z.object({
  id: personIdSchema,
  name: personNameSchema,
  templates: z.array(templateSchema),
  /** Path of a small picture of the person's face, or null when none is kept. */
  portraitUrl: z.string().nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** `GET /api/people`; `search` looks in the name, case-insensitively. Sorted by name. */
export const peopleQuerySchema = pageQuerySchema.extend({ search: z.string().trim().max(200).optional() });
export const peoplePageSchema = pageSchema(personSchema).extend({ total: z.int().nonnegative() });

/** `POST /api/people` */
export const createPersonRequestSchema = z.object({ name: personNameSchema });
/** `PATCH /api/people/{id}` */
export const updatePersonRequestSchema = z.object({ name: personNameSchema });

/** The face that enrolment found, in pixels of the upright photo. */
export const enrolledFaceSchema = z.object({
  box: boxPxSchema,
  landmarks: landmarksSchema,
  score: z.number().min(0).max(1),
  imageWidth: z.int().positive(),
  imageHeight: z.int().positive(),
});

/** `POST /api/people/{id}/photos`, multipart with one file named `photo` (JPEG, PNG or WebP). */
export const enrolPhotoResponseSchema = z.object({
  person: personSchema,
  template: templateSchema,
  face: enrolledFaceSchema,
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
  'enrolment/track-gone',
  'enrolment/door-offline',
]);

export type Template = z.infer<typeof templateSchema>;
export type Person = z.infer<typeof personSchema>;
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;
export type PeoplePage = z.infer<typeof peoplePageSchema>;
export type CreatePersonRequest = z.infer<typeof createPersonRequestSchema>;
export type UpdatePersonRequest = z.infer<typeof updatePersonRequestSchema>;
export type EnrolledFace = z.infer<typeof enrolledFaceSchema>;
export type EnrolPhotoResponse = z.infer<typeof enrolPhotoResponseSchema>;
export type EnrolmentRefusal = z.infer<typeof enrolmentRefusalSchema>;
