import { Injectable } from '@nestjs/common';
import { doorSettingsSchema, ruleSetSchema, type LevelDoors, type RuleSet } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Door } from '../doors/door.entity';
import type { StoredOverride } from './door-override.entity';
import { AccessRepository } from './access.repository';
import type { StoredLockdown } from './lockdown.entity';
import { DEFINITIONS, type RuleDocument, type RuleDocuments } from './rule-documents';

/** The rules without the people whom they are for. */
export type Rules = Omit<RuleSet, 'people'>;

type RulesView = Omit<z.input<typeof ruleSetSchema>, 'people'>;

const rulesSchema = ruleSetSchema.omit({ people: true });

/** Makes of the documents what decides: for all doors, or what one of them must know. */
@Injectable()
export class RuleSets {
  constructor(private readonly access: AccessRepository) {}

  /** The rules of the whole organisation, at one moment if the caller's transaction has a snapshot. */
  async all(manager?: EntityManager): Promise<Rules> {
    return rulesSchema.parse(await this.view(manager));
  }

  /** What one door must know: nothing of other doors but what its own rules speak of. */
  async ofDoor(doorId: string, manager?: EntityManager): Promise<Rules> {
    return cutToDoor(rulesSchema.parse(await this.view(manager)), doorId);
  }

  private async view(manager?: EntityManager): Promise<RulesView> {
    const documents = await this.access.documents(manager);
    const doors = await this.access.doors(manager);
    const zones = new Map((await this.access.sites(manager)).map((site) => [site.id, site.timeZone]));
    const names = new Map((await this.access.groups(manager)).map((group) => [group.id, group.name]));
    return {
      doors: doors.map((door) => ruleDoorView(door, documents, zones)),
      areas: documents.all('area').map(({ id, name, siteId, definition }) => ({
        ...definition,
        id,
        name,
        siteId: siteId ?? '',
      })),
      schedules: documents.all('schedule').map(({ id, name, definition }) => ({ ...definition, id, name })),
      holidayCalendars: documents
        .all('holiday-calendar')
        .map(({ id, name, definition }) => ({ ...definition, id, name })),
      accessLevels: documents.all('access-level').map((level) => levelView(level, doors)),
      groups: documents.all('group').flatMap(({ id, definition: { accessLevelIds } }) => {
        const name = names.get(id);
        return name === undefined ? [] : [{ id, name, accessLevelIds }];
      }),
      lockdowns: (await this.access.lockdownsInForce(manager)).map(lockdownView),
      overrides: (await this.access.overrides(manager)).map(overrideView),
    };
  }
}

/** A lockdown as the wire has it. */
export function lockdownView(row: StoredLockdown): RulesView['lockdowns'][number] {
  const { id, scope, exemptGroupIds, exemptPersonIds, note, startedAt } = row;
  return { id, scope, exemptGroupIds, exemptPersonIds, note, since: startedAt.toISOString() };
}

/** An override as the wire has it. */
export function overrideView(row: StoredOverride): RulesView['overrides'][number] {
  const { doorId, priority, state, until } = row;
  return { doorId, priority, state, until: until?.toISOString() ?? null };
}

function ruleDoorView(
  door: Door,
  documents: RuleDocuments,
  zones: ReadonlyMap<string, string>,
): RulesView['doors'][number] {
  const { unlockMs, extendedUnlockMs } = doorSettingsSchema.parse(door.settings);
  const rules = documents.get('door', door.id)?.definition ?? DEFINITIONS.door.parse({});
  const timeZone = zones.get(door.siteId) ?? 'UTC';
  return { id: door.id, unlockMs, extendedUnlockMs, rules: { ...rules, siteId: door.siteId, timeZone } };
}

/** Entries whose doors there are none of open nothing, and are left out. */
function levelView(
  { id, name, definition }: RuleDocument<'access-level'>,
  doors: readonly Door[],
): RulesView['accessLevels'][number] {
  const entries = definition.entries.map(({ doors: meant, scheduleId }) => ({
    doorIds: doors.filter((door) => isMeant(door, meant)).map((door) => door.id),
    scheduleId,
  }));
  return { id, name, entries: entries.filter(({ doorIds }) => doorIds.length > 0) };
}

function isMeant(door: Door, doors: LevelDoors): boolean {
  switch (doors.kind) {
    case 'all':
      return true;
    case 'site':
      return door.siteId === doors.siteId;
    case 'doors':
      return (doors.doorIds as readonly string[]).includes(door.id);
  }
}

function cutToDoor(rules: Rules, doorId: string): Rules {
  const door = rules.doors.find(({ id }) => id === doorId);
  const known = new Set<string>([doorId, ...(door?.rules.interlockDoorIds ?? [])]);
  const accessLevels = rules.accessLevels
    .map((level) => ({
      ...level,
      entries: level.entries.flatMap(({ doorIds, scheduleId }) =>
        (doorIds as readonly string[]).includes(doorId)
          ? [{ doorIds: doorIds.filter((id) => id === doorId), scheduleId }]
          : [],
      ),
    }))
    .filter(({ entries }) => entries.length > 0);
  const levelIds = new Set<string>(accessLevels.map(({ id }) => id));
  const scheduleIds = new Set<string | null | undefined>([
    ...accessLevels.flatMap(({ entries }) => entries.map(({ scheduleId }) => scheduleId)),
    door?.rules.unlockScheduleId,
    door?.rules.firstPersonIn?.scheduleId,
  ]);
  const schedules = rules.schedules.filter(({ id }) => scheduleIds.has(id));
  const calendarIds = new Set<string>(schedules.flatMap(({ holidayCalendarIds }) => holidayCalendarIds));
  const areaIds = new Set<string | null | undefined>([door?.rules.fromAreaId, door?.rules.toAreaId]);
  return {
    doors: rules.doors.filter(({ id }) => known.has(id)),
    areas: rules.areas.filter(({ id }) => areaIds.has(id)),
    schedules,
    holidayCalendars: rules.holidayCalendars.filter(({ id }) => calendarIds.has(id)),
    accessLevels,
    // A group may matter without a level here: as a first person, an approver, the exempt.
    groups: rules.groups.map((group) => ({
      ...group,
      accessLevelIds: group.accessLevelIds.filter((id) => levelIds.has(id)),
    })),
    lockdowns: rules.lockdowns.filter(({ scope }) =>
      scope.kind === 'site'
        ? scope.siteId === door?.rules.siteId
        : (scope.doorIds as readonly string[]).includes(doorId),
    ),
    overrides: rules.overrides.filter((override) => override.doorId === doorId),
  };
}
