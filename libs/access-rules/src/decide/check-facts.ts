import type { AccessStep } from '@munjigi/contracts';
import { isInstant } from '../time/day';
import type { AccessQuestion, Case } from './question';
import { belongsTo } from './question';
import { result, type StepOf } from './step';

/** What a question names, or the first thing of it that is not known. */
export type Facts = { readonly known: Case } | { readonly missing: 'door' | 'time-zone' | 'person' };

/** Looks up what a question names. */
export function factsOf(question: AccessQuestion): Facts {
  const { rules, doorId, personId } = question;
  const door = rules.doors.get(doorId);
  if (!door) return { missing: 'door' };
  const zone = rules.zoneOf(doorId);
  if (!zone) return { missing: 'time-zone' };
  const person = rules.people.get(personId);
  if (!person) return { missing: 'person' };
  const areaOf = (id: typeof door.rules.fromAreaId) => (id === null ? null : (rules.areas.get(id) ?? null));
  const fromArea = areaOf(door.rules.fromAreaId);
  const toArea = areaOf(door.rules.toAreaId);
  return { known: { ...question, door, person, zone, fromArea, toArea } };
}

/** Everything is known that the rules of the door and the person name. */
export function checkRules(facts: Facts): StepOf<'rules'> {
  const missing = 'missing' in facts ? facts.missing : areaMissing(facts.known) ? 'area' : null;
  return { check: 'rules', ...result(missing && 'rules-unavailable'), missing };
}

/** The time is known. */
export function checkClock({ health, atMs }: AccessQuestion): StepOf<'clock'> {
  const trusted = health.clockTrusted && isInstant(atMs);
  return { check: 'clock', ...result(trusted ? null : 'clock-untrusted') };
}

/** The rules are young enough, or the offline policy lets the person pass all the same. */
export function checkOffline({ door, person, health }: Case): AccessStep {
  const { offlineAgeMaxMs, offlinePolicy } = door.rules;
  const { rulesAgeMs } = health;
  const known = rulesAgeMs !== null && rulesAgeMs >= 0;
  const young = offlineAgeMaxMs === null || (known && rulesAgeMs <= offlineAgeMaxMs);
  const trusted = offlinePolicy.kind === 'groups' ? offlinePolicy.groupIds : [];
  const groupId = person.groupIds.find((id) => trusted.includes(id)) ?? null;
  return {
    check: 'offline',
    ...result(young || groupId !== null ? null : 'offline-too-long'),
    rulesAgeMs: known && Number.isFinite(rulesAgeMs) ? rulesAgeMs : null,
    offlineAgeMaxMs,
    groupId: young ? null : groupId,
  };
}

/** The person is exempt from every lockdown of the door. */
export function checkLockdown({ rules, doorId, person }: Case): AccessStep {
  const inForce = rules.lockdownsAt(doorId);
  const against = inForce.find(
    ({ exemptGroupIds, exemptPersonIds }) =>
      !exemptPersonIds.includes(person.id) && !belongsTo(person, exemptGroupIds),
  );
  return {
    check: 'lockdown',
    ...result(against ? 'lockdown' : null),
    lockdownIds: inForce.map(({ id }) => id),
    lockdownId: against?.id ?? null,
  };
}

function areaMissing({ door, fromArea, toArea }: Case): boolean {
  const { fromAreaId, toAreaId } = door.rules;
  return (fromAreaId !== null && !fromArea) || (toAreaId !== null && !toArea);
}
