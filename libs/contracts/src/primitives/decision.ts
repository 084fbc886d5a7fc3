import * as z from 'zod';
import { OUTCOMES } from '../words';

/** What the door did with a visit. */
export const outcomeSchema = z.enum(OUTCOMES);

/** Why nobody could be recognised, or who was. */
const RECOGNITION_REASONS = ['matched', 'unknown-person', 'ambiguous', 'gallery-unavailable'] as const;

/** Why somebody who was recognised, and might have passed, was taken for a picture of them. */
const LIVENESS_REASONS = ['not-live', 'liveness-unknown'] as const;

/**
 * Why the access rules deny a person who was recognised.
 *
 * Doubt: `rules-unavailable`, the door lacks or cannot read something that it needs to decide; `clock-untrusted`, it
 * does not know what time it is; `offline-too-long`, its rules are older than its offline policy allows.
 * The person: `suspended`, `blocked`, `not-yet-valid`, `expired`.
 * The door: `lockdown`, the person is not exempt; `door-blocked`, an operator lets nobody pass.
 * Access: `no-access-level`, none names this door; `outside-schedule`, one does, at another time.
 * The others: `first-person-missing`, `anti-passback`, `occupancy-full`, `interlock`, a door that must be closed is
 * not, `two-person-pending`, allowed, once enough people have presented themselves.
 */
export const RULE_REASONS = [
  'rules-unavailable',
  'clock-untrusted',
  'offline-too-long',
  'suspended',
  'blocked',
  'not-yet-valid',
  'expired',
  'lockdown',
  'door-blocked',
  'no-access-level',
  'outside-schedule',
  'first-person-missing',
  'anti-passback',
  'occupancy-full',
  'interlock',
  'two-person-pending',
] as const;

/**
 * Why.
 *
 * `matched`: a person of the gallery, clearly, whom the rules let pass. `unknown-person`: nobody in the gallery is
 * similar enough. `ambiguous`: two people are too similar to tell apart. `gallery-unavailable`: the door could not
 * compare, and doubt means denied. `not-live`: the face looks like a picture of that person (a presentation attack, as
 * ISO/IEC 30107-3 calls it). `liveness-unknown`: the door asks for a live face and could not tell, and doubt means
 * denied. The others: see `RULE_REASONS`.
 */
export const reasonSchema = z.enum([...RECOGNITION_REASONS, ...LIVENESS_REASONS, ...RULE_REASONS]);

/** Those of the reasons that the access rules give. */
export const ruleReasonSchema = z.enum(RULE_REASONS);

export type Outcome = z.infer<typeof outcomeSchema>;
export type Reason = z.infer<typeof reasonSchema>;
export type RuleReason = z.infer<typeof ruleReasonSchema>;
