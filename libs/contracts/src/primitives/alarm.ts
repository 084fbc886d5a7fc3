import { z } from 'zod';

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
  /** Several denials at one door within minutes. */
  'denied-repeatedly',
  /** A webhook that could not be delivered to for long, and is switched off. */
  'webhook-failing',
] as const;

export const alarmKindSchema = z.enum(ALARM_KINDS);

/** How bad it may be, least first. */
export const alarmSeveritySchema = z.enum(['low', 'medium', 'high', 'critical']);

/** `raised`: nobody has seen to it. `acknowledged`: somebody does. `resolved`: it is over; it never opens again. */
export const alarmStateSchema = z.enum(['raised', 'acknowledged', 'resolved']);

export type AlarmKind = z.infer<typeof alarmKindSchema>;
export type AlarmSeverity = z.infer<typeof alarmSeveritySchema>;
export type AlarmState = z.infer<typeof alarmStateSchema>;
