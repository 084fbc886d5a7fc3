import type { Issue } from '../../platform/errors/app-error';
import type { AccessRuleKind } from './access-rule.entity';
import type { RuleDocument, RuleDocuments } from './rule-documents';

/** What exists beside the documents. */
export interface World {
  readonly siteIds: ReadonlySet<string>;
  /** The site of each door. */
  readonly doors: ReadonlyMap<string, string>;
  /** The site of each group; null: of the whole organisation. */
  readonly groups: ReadonlyMap<string, string | null>;
}

type Target = AccessRuleKind | 'site';

/** What a document speaks of by id. */
export interface Reference {
  readonly kind: Target;
  readonly id: string;
  /** Where in the document, for people. */
  readonly path: string;
}

/** Everything that a document refers to. */
export function referencesOf(document: RuleDocument): Reference[] {
  switch (document.kind) {
    case 'schedule': {
      const { holidayCalendarIds } = (document as RuleDocument<'schedule'>).definition;
      return refer('holiday-calendar', holidayCalendarIds, 'holidayCalendarIds');
    }
    case 'access-level': {
      const { entries } = (document as RuleDocument<'access-level'>).definition;
      return entries.flatMap(({ doors, scheduleId }, index) => [
        ...refer('schedule', [scheduleId], `entries.${index}.scheduleId`),
        ...(doors.kind === 'doors' ? refer('door', doors.doorIds, `entries.${index}.doors.doorIds`) : []),
        ...(doors.kind === 'site' ? refer('site', [doors.siteId], `entries.${index}.doors.siteId`) : []),
      ]);
    }
    case 'group': {
      const { accessLevelIds } = (document as RuleDocument<'group'>).definition;
      return refer('access-level', accessLevelIds, 'accessLevelIds');
    }
    case 'door':
      return referencesOfDoor((document as RuleDocument<'door'>).definition);
    case 'area':
    case 'holiday-calendar':
      return [];
  }
}

function referencesOfDoor(rules: RuleDocument<'door'>['definition']): Reference[] {
  const { firstPersonIn, twoPerson, offlinePolicy } = rules;
  return [
    ...refer('area', [rules.fromAreaId], 'fromAreaId'),
    ...refer('area', [rules.toAreaId], 'toAreaId'),
    ...refer('schedule', [rules.unlockScheduleId], 'unlockScheduleId'),
    ...refer('door', rules.interlockDoorIds, 'interlockDoorIds'),
    ...refer('schedule', [firstPersonIn?.scheduleId ?? null], 'firstPersonIn.scheduleId'),
    ...refer('group', firstPersonIn?.groupIds ?? [], 'firstPersonIn.groupIds'),
    ...refer('group', twoPerson?.approverGroupIds ?? [], 'twoPerson.approverGroupIds'),
    ...refer(
      'group',
      offlinePolicy.kind === 'groups' ? offlinePolicy.groupIds : [],
      'offlinePolicy.groupIds',
    ),
  ];
}

function refer(kind: Target, ids: readonly (string | null)[], path: string): Reference[] {
  return ids.flatMap((id) => (id === null ? [] : [{ kind, id, path }]));
}

/**
 * What is wrong with one document among all of them: what it refers to must be there, and within its reach: a document
 * of a site may speak of what belongs to that site or to the whole organisation, and of no other site.
 */
export function problemsOf(document: RuleDocument, all: RuleDocuments, world: World): Issue[] {
  const issues: Issue[] = [];
  if (document.siteId !== null && !world.siteIds.has(document.siteId))
    issues.push({ path: 'siteId', message: 'there is no such site' });
  for (const { kind, id, path } of referencesOf(document)) {
    const site = siteOf(kind, id, all, world);
    if (site === undefined) issues.push({ path, message: `there is no such ${kind}: ${id}` });
    else if (document.siteId !== null && site !== null && site !== document.siteId)
      issues.push({ path, message: `belongs to another site: ${id}` });
  }
  if (document.kind === 'door') issues.push(...problemsOfDoor(document as RuleDocument<'door'>));
  return issues;
}

/** Undefined: there is none. */
function siteOf(kind: Target, id: string, all: RuleDocuments, world: World): string | null | undefined {
  switch (kind) {
    case 'site':
      return world.siteIds.has(id) ? id : undefined;
    case 'door':
      return world.doors.get(id);
    case 'group':
      return world.groups.get(id);
    default:
      return all.get(kind, id)?.siteId;
  }
}

function problemsOfDoor({ id, definition }: RuleDocument<'door'>): Issue[] {
  const { fromAreaId, toAreaId, interlockDoorIds } = definition;
  const issues: Issue[] = [];
  if (fromAreaId !== null && fromAreaId === toAreaId)
    issues.push({ path: 'toAreaId', message: 'must not be the area that the door leads out of' });
  if ((interlockDoorIds as readonly string[]).includes(id))
    issues.push({ path: 'interlockDoorIds', message: 'must not name the door itself' });
  return issues;
}

/** The documents that speak of one: it cannot go while there are any. */
export function usersOf(kind: Target, id: string, all: RuleDocuments): RuleDocument[] {
  const kinds: AccessRuleKind[] = ['schedule', 'access-level', 'group', 'door'];
  return kinds
    .flatMap((each) => all.alike(each))
    .filter((document) =>
      referencesOf(document).some((reference) => reference.kind === kind && reference.id === id),
    );
}
