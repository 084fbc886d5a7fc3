import { EnrolmentInvitations1791920000000 } from './1791920000000-enrolment-invitations';
import { Initial1790000000000 } from './1790000000000-initial';
import { Roles1790100000000 } from './1790100000000-roles';
import { Cluster1790200000000 } from './1790200000000-cluster';
import { Administrators1790300000000 } from './1790300000000-administrators';
import { EventPartitions1790320000000 } from './1790320000000-event-partitions';
import { Alarms1790330000000 } from './1790330000000-alarms';
import { ApiTokens1790400000000 } from './1790400000000-api-tokens';
import { KeysOfPeople1790600000000 } from './1790600000000-keys-of-people';
import { People1790700000000 } from './1790700000000-people';
import { Jobs1790710000000 } from './1790710000000-jobs';
import { EnrolmentQuality1790720000000 } from './1790720000000-enrolment-quality';
import { Lifecycle1790730000000 } from './1790730000000-lifecycle';
import { SecondFactors1790800000000 } from './1790800000000-second-factors';
import { Setup1790810000000 } from './1790810000000-setup';
import { Access1790820000000 } from './1790820000000-access';
import { PeopleImports1790900000000 } from './1790900000000-people-imports';
import { Privacy1790950000000 } from './1790950000000-privacy';
import { EnrolmentCrops1790960000000 } from './1790960000000-enrolment-crops';
import { AuditChain1791000000000 } from './1791000000000-audit-chain';
import { EventEvidence1791010000000 } from './1791010000000-event-evidence';
import { AuditSearch1791020000000 } from './1791020000000-audit-search';
import { DoorCondition1791030000000 } from './1791030000000-door-condition';
import { FrequentReads1791050000000 } from './1791050000000-frequent-reads';
import { Devices1791200000000 } from './1791200000000-devices';
import { ReportExports1791310000000 } from './1791310000000-report-exports';
import { ReportSchedules1791320000000 } from './1791320000000-report-schedules';
import { Webhooks1791330000000 } from './1791330000000-webhooks';
import { DoorCommands1791500000000 } from './1791500000000-door-commands';
import { DoorDisk1791540000000 } from './1791540000000-door-disk';
import { StateComparison1791545000000 } from './1791545000000-state-comparison';
import { Revocations1791550000000 } from './1791550000000-revocations';
import { DeadLetters1791600000000 } from './1791600000000-dead-letters';
import { DoorCameras1791900000000 } from './1791900000000-door-cameras';
import { DeviceHealth1791910000000 } from './1791910000000-device-health';
import { EventPictures1791940000000 } from './1791940000000-event-pictures';
import { EventChain1791930000000 } from './1791930000000-event-chain';
import { RefusedProtocol1791955000000 } from './1791955000000-refused-protocol';
import { DoorReach1791970000000 } from './1791970000000-door-reach';
import { FloorPlans1791985000000 } from './1791985000000-floor-plans';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  Initial1790000000000,
  Roles1790100000000,
  Cluster1790200000000,
  Administrators1790300000000,
  EventPartitions1790320000000,
  Alarms1790330000000,
  ApiTokens1790400000000,
  KeysOfPeople1790600000000,
  People1790700000000,
  Jobs1790710000000,
  EnrolmentQuality1790720000000,
  Lifecycle1790730000000,
  SecondFactors1790800000000,
  Setup1790810000000,
  Access1790820000000,
  PeopleImports1790900000000,
  Privacy1790950000000,
  EnrolmentCrops1790960000000,
  AuditChain1791000000000,
  EventEvidence1791010000000,
  AuditSearch1791020000000,
  DoorCondition1791030000000,
  FrequentReads1791050000000,
  Devices1791200000000,
  ReportExports1791310000000,
  ReportSchedules1791320000000,
  Webhooks1791330000000,
  DoorCommands1791500000000,
  DoorDisk1791540000000,
  StateComparison1791545000000,
  Revocations1791550000000,
  DeadLetters1791600000000,
  DoorCameras1791900000000,
  DeviceHealth1791910000000,
  EnrolmentInvitations1791920000000,
  EventChain1791930000000,
  EventPictures1791940000000,
  RefusedProtocol1791955000000,
  DoorReach1791970000000,
  FloorPlans1791985000000,
];
