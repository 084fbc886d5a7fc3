import { StoredAuditChain } from './platform/audit/audit-chain.entity';
import { AuditCheck } from './platform/audit/audit-check.entity';
import { AuditCheckpoint } from './platform/audit/audit-checkpoint.entity';
import { AuditEntry } from './platform/audit/audit-entry.entity';
import { AuditKey } from './platform/audit/audit-key.entity';
import { AuditLink } from './platform/audit/audit-link.entity';
import { Administrator } from './platform/auth/administrator.entity';
import { ApiToken } from './platform/auth/api-token.entity';
import { KnownBrowser } from './platform/auth/known-browser.entity';
import { Passkey, PasskeyChallenge } from './platform/auth/passkey.entities';
import { Role } from './platform/auth/role.entity';
import { RoleGrant } from './platform/auth/role-grant.entity';
import { AuthenticatorApp, RecoveryCode } from './platform/auth/second-factor.entities';
import { Session } from './platform/auth/session.entity';
import { SetupCode } from './platform/auth/setup-code.entity';
import { SignInAttempt } from './platform/auth/sign-in-attempt.entity';
import { ChangeHead } from './platform/change-feed/change-head.entity';
import { ChangeRow } from './platform/change-feed/change.entity';
import { ServerNode } from './platform/cluster/server-node.entity';
import { Deployment } from './platform/crypto/deployment.entity';
import { AlarmRow } from './features/alarms/alarm.entity';
import { StoredTransform } from './platform/crypto/template-transform.entity';
import { Job } from './platform/jobs/job.entity';
import { JobSchedule } from './platform/jobs/job-schedule.entity';
import { Setting } from './platform/settings/setting.entity';
import { AccessRule } from './features/access/access-rule.entity';
import { StoredOverride } from './features/access/door-override.entity';
import { StoredLockdown } from './features/access/lockdown.entity';
import { PassbackPardon } from './features/access/passback-pardon.entity';
import { ConsentRow } from './features/consents/consent.entity';
import { EnrolmentInvitationRow } from './features/enrolment-invitations/enrolment-invitation.entity';
import { ConsentText } from './features/consents/consent-text.entity';
import { DeviceKey } from './features/devices/device-key.entity';
import { PairingCode } from './features/devices/pairing-code.entity';
import { StoredCommand } from './features/door-commands/door-command.entity';
import { DoorProgressRow } from './features/doors/door-progress.entity';
import { ErasureDoorRow, ErasureRow } from './features/privacy/erasure.entity';
import { DoorCamera } from './features/cameras/door-camera.entity';
import { FloorPlan, FloorPlanDoor } from './features/floor-plans/floor-plan.entities';
import { Door } from './features/doors/door.entity';
import { Site } from './features/doors/site.entity';
import { CustomField } from './features/custom-fields/custom-field.entity';
import { DoorReachRow } from './platform/change-feed/door-reach.entity';
import { AccessGroup } from './features/groups/access-group.entity';
import { AccessGroupMember } from './features/groups/access-group-member.entity';
import { StoredAccessEvent } from './features/events/access-event.entity';
import { StoredDoorEvent } from './features/events/door-event.entity';
import { DeadLetterRow } from './features/events/dead-letter.entity';
import { EventPicture } from './features/event-pictures/event-picture.entity';
import { EventCheckpointRow } from './features/events/event-checkpoint.entity';
import { EventCursor } from './features/events/event-cursor.entity';
import { EventGapRow } from './features/events/event-gap.entity';
import { IdleNotice } from './features/people-lifecycle/idle-notice.entity';
import { WebhookDeliveryRow, WebhookRow, WebhookSecret } from './features/webhooks/webhook.entities';
import { Visit } from './features/visitors/visit.entity';
import {
  ImportChunk,
  ImportFile,
  ImportRow,
  PeopleImport,
} from './features/people-imports/people-import.entities';
import {
  ReportDeliveryRow,
  ReportScheduleRow,
  SavedReportRow,
} from './features/reports/saved-report.entities';
import { ReportExportRow, ReportFileChunk } from './features/reports/report-export.entities';
import { PersonActivity } from './features/people/person-activity.entity';
import { EnrolmentCrop } from './features/people/enrolment-crop.entity';
import { Person } from './features/people/person.entity';
import { PersonKey } from './features/people/person-key.entity';
import { Portrait } from './features/people/portrait.entity';
import { Template } from './features/people/template.entity';

/** Every entity of the product. */
export const ENTITIES = [
  AccessRule,
  PassbackPardon,
  StoredLockdown,
  StoredOverride,
  AccessGroup,
  AccessGroupMember,
  DoorReachRow,
  Administrator,
  AlarmRow,
  ApiToken,
  AuditCheck,
  AuditCheckpoint,
  AuditEntry,
  AuditKey,
  AuditLink,
  AuthenticatorApp,
  ChangeHead,
  ChangeRow,
  CustomField,
  ConsentRow,
  EnrolmentInvitationRow,
  ConsentText,
  Deployment,
  DeviceKey,
  Door,
  DoorCamera,
  FloorPlan,
  FloorPlanDoor,
  DoorProgressRow,
  EnrolmentCrop,
  EventPicture,
  ErasureDoorRow,
  ErasureRow,
  DeadLetterRow,
  EventCheckpointRow,
  EventCursor,
  EventGapRow,
  IdleNotice,
  KnownBrowser,
  Job,
  JobSchedule,
  PairingCode,
  Passkey,
  PasskeyChallenge,
  ImportChunk,
  ImportFile,
  ImportRow,
  PeopleImport,
  Person,
  PersonActivity,
  PersonKey,
  Portrait,
  RecoveryCode,
  ReportDeliveryRow,
  ReportExportRow,
  ReportFileChunk,
  ReportScheduleRow,
  Role,
  RoleGrant,
  SavedReportRow,
  ServerNode,
  Session,
  SetupCode,
  SignInAttempt,
  Setting,
  Site,
  StoredAuditChain,
  StoredAccessEvent,
  StoredCommand,
  StoredDoorEvent,
  StoredTransform,
  Template,
  Visit,
  WebhookDeliveryRow,
  WebhookRow,
  WebhookSecret,
];
