import type { GroupId, PersonId } from '@munjigi/contracts';
import type { KeptLevel, KeptSchedule } from '../access/access-api';
import { LEVELS, SCHEDULES } from '../access/access-api';
import { groupsApi } from '../access/groups/groups-api';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Whether it covers every minute of every day. */
export function isAlways({ weekly, holiday, exceptions }: KeptSchedule): boolean {
  const isWhole = (intervals: readonly { from: string; to: string }[]) =>
    intervals.some(({ from, to }) => from === '00:00' && to === '24:00');
  return (
    DAYS.every((day) => isWhole(weekly[day])) &&
    (holiday === null || isWhole(holiday)) &&
    exceptions.length === 0
  );
}

/** A level of the whole organisation that opens every door at any time, should there be one. */
export function openLevelOf(
  levels: readonly KeptLevel[],
  schedules: readonly KeptSchedule[],
): KeptLevel | undefined {
  const always = new Set(schedules.filter(isAlways).map(({ id }) => id));
  return levels.find(
    ({ siteId, entries }) =>
      siteId === null &&
      entries.some(({ doors, scheduleId }) => doors.kind === 'all' && always.has(scheduleId)),
  );
}

/**
 * Has one person pass every door at any time, by a group of its own. The schedule and the level are those that are there;
 * only what lacks is made.
 *
 * @throws {ApiError}
 */
export async function grantEverything(personId: PersonId, name: string): Promise<void> {
  const { signal } = new AbortController();
  const [schedules, levels] = await Promise.all([SCHEDULES.list(signal), LEVELS.list(signal)]);
  const level =
    openLevelOf(levels, schedules) ??
    (await makeLevel(name, schedules.find(isOfAll) ?? (await makeAlways(name))));
  const group = await groupsApi.save(null, {
    ...{ name, siteId: null, joinByDefault: false },
    accessLevelIds: [level.id],
  });
  await joinGroup(personId, group.id);
}

/** Puts one person into a group. @throws {ApiError} */
export async function joinGroup(personId: PersonId, groupId: GroupId): Promise<void> {
  await groupsApi.bulk([personId], { kind: 'add-to-group', groupId });
}

const isOfAll = (schedule: KeptSchedule) => schedule.siteId === null && isAlways(schedule);

function makeAlways(name: string): Promise<KeptSchedule> {
  const day = [{ from: '00:00', to: '24:00' }];
  const weekly = {
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: day,
    sunday: day,
  };
  return SCHEDULES.create({
    ...{ name, siteId: null, weekly, holiday: null, holidayCalendarIds: [], exceptions: [] },
  });
}

function makeLevel(name: string, { id: scheduleId }: KeptSchedule): Promise<KeptLevel> {
  return LEVELS.create({ name, siteId: null, entries: [{ doors: { kind: 'all' }, scheduleId }] });
}
