import type { Furnishing } from './furnish';

/** A page of the console that is looked at as a whole. */
export interface ConsolePage {
  /** Name of its pictures. */
  readonly name: string;
  readonly path: string;
}

/** Every page of the console, as somebody with all permissions sees it. */
export function consolePages({ personId, doorIds, rules }: Furnishing): readonly ConsolePage[] {
  return [
    { name: 'overview', path: '/overview' },
    { name: 'first-run', path: '/first-run' },
    { name: 'live', path: '/live' },
    { name: 'events', path: '/events' },
    { name: 'alarms', path: '/alarms' },
    { name: 'people', path: '/people' },
    { name: 'person', path: `/people/${personId}` },
    { name: 'people-import', path: '/people/import' },
    { name: 'doors', path: '/doors' },
    { name: 'doors-map', path: '/doors/map' },
    { name: 'door', path: `/doors/${doorIds[0]}` },
    { name: 'devices', path: '/devices' },
    { name: 'access-schedules', path: `/access/schedules?id=${rules.scheduleId}` },
    { name: 'access-holidays', path: `/access/holidays?id=${rules.calendarId}` },
    { name: 'access-levels', path: `/access/levels?id=${rules.levelId}` },
    { name: 'access-groups', path: `/access/groups?id=${rules.groupId}` },
    { name: 'access-areas', path: '/access/areas' },
    { name: 'access-lockdown', path: '/access/lockdown' },
    { name: 'access-visitors', path: '/access/visitors' },
    { name: 'access-why', path: `/access/why?personId=${personId}&doorId=${doorIds[0]}` },
    { name: 'reports', path: '/reports' },
    { name: 'reports-saved', path: '/reports/saved' },
    { name: 'reports-files', path: '/reports/files' },
    { name: 'audit', path: '/audit' },
    { name: 'settings-account', path: '/settings/account' },
    { name: 'settings-administrators', path: '/settings/administrators' },
    { name: 'settings-roles', path: '/settings/roles' },
    { name: 'settings-tokens', path: '/settings/tokens' },
    { name: 'settings-sites', path: '/settings/sites' },
    { name: 'settings-webhooks', path: '/settings/webhooks' },
    { name: 'settings-privacy', path: '/settings/privacy' },
  ];
}

/** Pages that nobody has signed in to. */
export const OPEN_PAGES: readonly ConsolePage[] = [{ name: 'sign-in', path: '/sign-in' }];
