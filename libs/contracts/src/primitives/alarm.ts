import * as z from 'zod';
import { ALARM_KINDS, ALARM_SEVERITIES } from '../words';

export const alarmKindSchema = z.enum(ALARM_KINDS);

/** How bad it may be, least first. */
export const alarmSeveritySchema = z.enum(ALARM_SEVERITIES);

/** `raised`: nobody has seen to it. `acknowledged`: somebody does. `resolved`: it is over; it never opens again. */
export const alarmStateSchema = z.enum(['raised', 'acknowledged', 'resolved']);

export type AlarmKind = z.infer<typeof alarmKindSchema>;
export type AlarmSeverity = z.infer<typeof alarmSeveritySchema>;
export type AlarmState = z.infer<typeof alarmStateSchema>;
