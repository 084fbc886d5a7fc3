import * as z from 'zod';

/** A UUID, lower case; ours are version 7, so they sort by the time they were made. */
const uuid = z.uuid();

export const siteIdSchema = uuid.brand<'SiteId'>();
export const doorIdSchema = uuid.brand<'DoorId'>();
export const personIdSchema = uuid.brand<'PersonId'>();
export const templateIdSchema = uuid.brand<'TemplateId'>();
/** One version of the secret rotation that templates are kept in. */
export const transformIdSchema = uuid.brand<'TransformId'>();
export const consentIdSchema = uuid.brand<'ConsentId'>();
/** The record of an erasure; it tells nothing of who was erased. */
export const erasureIdSchema = uuid.brand<'ErasureId'>();
export const eventIdSchema = uuid.brand<'EventId'>();
export const deadLetterIdSchema = uuid.brand<'DeadLetterId'>();
export const alarmIdSchema = uuid.brand<'AlarmId'>();
export const webhookIdSchema = uuid.brand<'WebhookId'>();
export const webhookDeliveryIdSchema = uuid.brand<'WebhookDeliveryId'>();
export const administratorIdSchema = uuid.brand<'AdministratorId'>();
export const scheduleIdSchema = uuid.brand<'ScheduleId'>();
export const holidayCalendarIdSchema = uuid.brand<'HolidayCalendarId'>();
export const accessLevelIdSchema = uuid.brand<'AccessLevelId'>();
/** An access group: people who share access levels. */
export const groupIdSchema = uuid.brand<'GroupId'>();
export const floorPlanIdSchema = uuid.brand<'FloorPlanId'>();
export const areaIdSchema = uuid.brand<'AreaId'>();
export const lockdownIdSchema = uuid.brand<'LockdownId'>();
export const roleIdSchema = uuid.brand<'RoleId'>();
export const sessionIdSchema = uuid.brand<'SessionId'>();
export const apiTokenIdSchema = uuid.brand<'ApiTokenId'>();
export const passkeyIdSchema = uuid.brand<'PasskeyId'>();
/** Work that the server does beside requests. */
export const jobIdSchema = uuid.brand<'JobId'>();
export const importIdSchema = uuid.brand<'ImportId'>();
/** A report that was made, or is to be made, as a file. */
export const reportExportIdSchema = uuid.brand<'ReportExportId'>();
export const savedReportIdSchema = uuid.brand<'SavedReportId'>();
export const reportScheduleIdSchema = uuid.brand<'ReportScheduleId'>();
/** A track of one face at one door; made by the agent. */
export const commandIdSchema = uuid.brand<'CommandId'>();
export const trackIdSchema = uuid.brand<'TrackId'>();
/** One life of an agent's local store; a new one when the store was lost. */
export const epochSchema = uuid.brand<'Epoch'>();

export type CommandId = z.infer<typeof commandIdSchema>;
export type SiteId = z.infer<typeof siteIdSchema>;
export type DoorId = z.infer<typeof doorIdSchema>;
export type PersonId = z.infer<typeof personIdSchema>;
export type TemplateId = z.infer<typeof templateIdSchema>;
export type TransformId = z.infer<typeof transformIdSchema>;
export type ConsentId = z.infer<typeof consentIdSchema>;
export type ErasureId = z.infer<typeof erasureIdSchema>;
export type EventId = z.infer<typeof eventIdSchema>;
export type DeadLetterId = z.infer<typeof deadLetterIdSchema>;
export type AlarmId = z.infer<typeof alarmIdSchema>;
export type WebhookId = z.infer<typeof webhookIdSchema>;
export type WebhookDeliveryId = z.infer<typeof webhookDeliveryIdSchema>;
export type AdministratorId = z.infer<typeof administratorIdSchema>;
export type ScheduleId = z.infer<typeof scheduleIdSchema>;
export type HolidayCalendarId = z.infer<typeof holidayCalendarIdSchema>;
export type AccessLevelId = z.infer<typeof accessLevelIdSchema>;
export type GroupId = z.infer<typeof groupIdSchema>;
export type FloorPlanId = z.infer<typeof floorPlanIdSchema>;
export type AreaId = z.infer<typeof areaIdSchema>;
export type LockdownId = z.infer<typeof lockdownIdSchema>;
export type RoleId = z.infer<typeof roleIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
export type ApiTokenId = z.infer<typeof apiTokenIdSchema>;
export type PasskeyId = z.infer<typeof passkeyIdSchema>;
export type JobId = z.infer<typeof jobIdSchema>;
export type ImportId = z.infer<typeof importIdSchema>;
export type ReportExportId = z.infer<typeof reportExportIdSchema>;
export type SavedReportId = z.infer<typeof savedReportIdSchema>;
export type ReportScheduleId = z.infer<typeof reportScheduleIdSchema>;
export type TrackId = z.infer<typeof trackIdSchema>;
export type Epoch = z.infer<typeof epochSchema>;
