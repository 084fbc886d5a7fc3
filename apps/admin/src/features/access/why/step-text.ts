'use client';

import type { AccessStep, Why } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useZonedFormats } from './zoned-formats';

type Step<C extends AccessStep['check']> = Extract<AccessStep, { check: C }>;

/** What each check looked at, in lines of words with the names of today. */
export function useStepText({ names, timeZone }: Why): (step: AccessStep) => readonly string[] {
  const t = useTranslations('why');
  const status = useTranslations('personStatus');
  const formats = useZonedFormats(timeZone);
  const nameOf = (all: readonly { readonly id: string; readonly name: string }[], id: string | null) =>
    all.find((each) => each.id === id)?.name ?? t('unnamed');
  const namesOf = (all: readonly { readonly id: string; readonly name: string }[], ids: readonly string[]) =>
    ids.map((id) => nameOf(all, id)).join(', ');

  const levels = ({ levels: all, nextOpenAt }: Step<'access-level'>): string[] => [
    ...(all.length === 0 ? [t('noLevel')] : []),
    ...all.map((level) => {
      const line = t(level.covers ? 'levelCovers' : 'levelCoversNot', {
        level: nameOf(names.accessLevels, level.accessLevelId),
        schedule: nameOf(names.schedules, level.scheduleId),
      });
      const source = level.source === null ? t('source.unavailable') : t(`source.${level.source}`);
      const via =
        level.groupId === null
          ? t('ownLevel')
          : t('viaGroup', { group: nameOf(names.groups, level.groupId) });
      return `${line} (${via}, ${source})`;
    }),
    ...(nextOpenAt === null ? [] : [t('nextOpen', { time: formats.dateTime(nextOpenAt) })]),
  ];
  const occupancy = ({ areaId, occupancy: count, occupancyMax }: Step<'occupancy'>): string[] =>
    areaId !== null && count !== null && occupancyMax !== null
      ? [t('occupancy', { area: nameOf(names.areas, areaId), count, max: occupancyMax })]
      : [];
  const validity = ({ validFrom, validUntil }: Step<'validity'>): string[] => [
    ...(validFrom === null ? [] : [t('validFrom', { time: formats.dateTime(validFrom) })]),
    ...(validUntil === null ? [] : [t('validUntil', { time: formats.dateTime(validUntil) })]),
  ];
  const passback = ({ violatedAreaId, lastAreaId }: Step<'anti-passback'>): string[] => [
    ...(violatedAreaId === null ? [] : [t('violated', { area: nameOf(names.areas, violatedAreaId) })]),
    ...(lastAreaId ? [t('lastArea', { area: nameOf(names.areas, lastAreaId) })] : []),
  ];
  const interlock = ({ openDoorIds, unknownDoorIds }: Step<'interlock'>): string[] => [
    ...(openDoorIds.length === 0 ? [] : [t('openDoors', { doors: namesOf(names.doors, openDoorIds) })]),
    ...(unknownDoorIds.length === 0
      ? []
      : [t('unknownDoors', { doors: namesOf(names.doors, unknownDoorIds) })]),
  ];

  return (step) => {
    switch (step.check) {
      case 'rules':
        return step.missing === null ? [] : [t(`missing.${step.missing}`)];
      case 'status':
        return step.status === null ? [] : [status(step.status)];
      case 'validity':
        return validity(step);
      case 'lockdown':
        return step.lockdownIds.length === 0
          ? []
          : [t(step.passed ? 'exempt' : 'lockedDown', { notes: namesOf(names.lockdowns, step.lockdownIds) })];
      case 'door-mode':
        return step.mode === null ? [] : [t(`mode.${step.mode}`)];
      case 'access-level':
        return levels(step);
      case 'first-person':
        return step.inForce ? [t(step.arrivedAt === null ? 'firstMissing' : 'firstCame')] : [];
      case 'anti-passback':
        return passback(step);
      case 'occupancy':
        return occupancy(step);
      case 'interlock':
        return interlock(step);
      case 'two-person':
        return step.count === null
          ? []
          : [t('twoPerson', { have: step.personIds.length, count: step.count })];
      case 'clock':
      case 'offline':
        return [];
    }
  };
}
