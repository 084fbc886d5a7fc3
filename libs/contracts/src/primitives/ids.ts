import { z } from 'zod';

/** A UUID, lower case; ours are version 7, so they sort by the time they were made. */
const uuid = z.uuid();

export const siteIdSchema = uuid.brand<'SiteId'>();
export const doorIdSchema = uuid.brand<'DoorId'>();
export const personIdSchema = uuid.brand<'PersonId'>();
export const templateIdSchema = uuid.brand<'TemplateId'>();
export const eventIdSchema = uuid.brand<'EventId'>();
export const administratorIdSchema = uuid.brand<'AdministratorId'>();
/** A track of one face at one door; made by the agent. */
export const trackIdSchema = uuid.brand<'TrackId'>();
/** One life of an agent's local store; a new one when the store was lost. */
export const epochSchema = uuid.brand<'Epoch'>();

export type SiteId = z.infer<typeof siteIdSchema>;
export type DoorId = z.infer<typeof doorIdSchema>;
export type PersonId = z.infer<typeof personIdSchema>;
export type TemplateId = z.infer<typeof templateIdSchema>;
export type EventId = z.infer<typeof eventIdSchema>;
export type AdministratorId = z.infer<typeof administratorIdSchema>;
export type TrackId = z.infer<typeof trackIdSchema>;
export type Epoch = z.infer<typeof epochSchema>;
