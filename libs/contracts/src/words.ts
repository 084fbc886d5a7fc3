// Lists and numbers that a program may want without the schemas: nothing here is more than a value.

/** Whether somebody may pass. */
export const OUTCOMES = ['granted', 'denied'] as const;

/** Whether a person may pass at all, whatever their groups may. */
export const PERSON_STATUSES = ['active', 'suspended', 'blocked'] as const;

/** What an alarm may be about. */
export const ALARM_KINDS = [
  'door-forced',
  'door-held-open',
  'tamper',
  'camera-fault',
  /** The lock or its inputs cannot be reached. */
  'hardware-fault',
  'agent-offline',
  /** The disk of a door's computer is nearly full, or full. */
  'disk-low',
  /** The door held something else than the server wants it to. */
  'state-drift',
  /** The clock of a door's computer was set by more than a minute: what it says of times is in doubt. */
  'clock-stepped',
  /** Several denials at one door within minutes. */
  'denied-repeatedly',
  /** A webhook that could not be delivered to for long, and is switched off. */
  'webhook-failing',
] as const;

/** How bad an alarm may be, least first. */
export const ALARM_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/**
 * Everything that an administrator, or a program with a token, may be allowed to do. A role is a set of these; each
 * grant of a role holds for one site or for the whole organisation.
 */
export const PERMISSIONS = [
  'people:read',
  'people:write',
  /** Erases a person for good, with the proof from every door. */
  'people:erase',
  /** Takes out everything that is held about one person. */
  'people:export',
  'people:import',
  /** Makes and removes templates, and records consent. */
  'enrolment:write',
  /** Sees enrolment pictures and what is kept of templates; every look is accounted for. */
  'biometrics:read',
  'sites:read',
  'sites:write',
  'doors:read',
  'doors:write',
  /** Unlocks, locks and overrides a door. */
  'doors:operate',
  'lockdown:operate',
  /** Groups, access levels, schedules, holidays and areas. */
  'access:read',
  'access:write',
  /** Sees the doors' live pictures. */
  'live:watch',
  'events:read',
  'alarms:read',
  /** Acknowledges and resolves alarms. */
  'alarms:write',
  'reports:read',
  /** Saves and schedules reports. */
  'reports:write',
  'reports:export',
  'audit:read',
  'audit:export',
  'administrators:read',
  /** Administrators, their roles, and the roles themselves. */
  'administrators:write',
  'tokens:read',
  'tokens:write',
  'webhooks:read',
  'webhooks:write',
  'settings:read',
  'settings:write',
  /** Sees how the server itself is: its metrics, and the health of its parts. */
  'system:read',
] as const;

/** Sizes that a live picture may be shown in, in pixels; a frame is never scaled up to it. */
export const VIEW_SIZES = ['320x240', '640x360', '704x480', '960x540', '1280x720', '1600x900'] as const;

/** What a report may be about. */
export const REPORT_KINDS = [
  'events',
  'denied',
  'door-usage',
  'attendance',
  'no-credentials',
  'expiring',
  'idle',
  'muster',
  'alarms',
  'audit',
] as const;

/** How a report is written to a file. */
export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;

/** The languages of a report’s titles, labels and codes. */
export const REPORT_LANGUAGES = ['ko', 'en'] as const;

/**
 * Periods that move along. Each begins and ends at midnight of each site's own wall clock, and none reaches past now.
 * The last days include today; weeks begin on Monday.
 */
export const RELATIVE_PERIODS = [
  'today',
  'yesterday',
  'last-7-days',
  'last-30-days',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-year',
] as const;

/** What a webhook can be told of. */
export const WEBHOOK_EVENTS = [
  'access.granted',
  'access.denied',
  /** Anything that happened to a door apart from visits; which, its `kind` says. */
  'door.event',
  'alarm.raised',
  'alarm.acknowledged',
  'alarm.resolved',
] as const;

/** What a webhook is told of people: nothing, their ids, or their names too. */
export const WEBHOOK_PEOPLE = ['none', 'ids', 'names'] as const;

/** Who an entry of the account may be by. */
export const AUDIT_ACTOR_KINDS = ['administrator', 'token', 'device', 'system'] as const;

/** The most people that one request changes. */
export const BULK_PEOPLE_MAX = 1000;

/** How wide a bin of a score histogram is; the first begins at 0 and holds what is less, the last ends at 1. */
export const SCORE_BIN_WIDTH = 0.02;

/** The version of the live feed that this code speaks. */
export const LIVE_PROTOCOL_VERSION = 1;

/** socket.io namespace of the console's live feed. Authenticated by the session cookie at the handshake. */
export const LIVE_NAMESPACE = '/live';

/** Whether faces are enrolled only with a consent that is recorded here. */
export const CONSENT_POLICIES = ['required', 'managed-elsewhere'] as const;
