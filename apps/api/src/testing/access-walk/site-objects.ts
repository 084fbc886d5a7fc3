import { newId } from '../../platform/database/uuid';
import type { CallOptions, Caller, TestServer } from '../test-server';
import {
  makeAccessLevel,
  makeAdministrator,
  makeAlarm,
  makeArea,
  makeDeadLetter,
  makeDoor,
  makeDoorCommand,
  makeErasure,
  makeEventPicture,
  makeFloorPlan,
  makeGroup,
  makeHolidayCalendar,
  makeJob,
  makeLockdown,
  makePasskey,
  makePeopleImport,
  makePerson,
  makeReportExport,
  makeReportSchedule,
  makeRole,
  makeSavedReport,
  makeSchedule,
  makeSession,
  makeToken,
  makeVisitor,
  makeWebhook,
  type Parameters,
} from './object-makers';

/** Who an object belongs to: a site, the whole organisation, or whoever made it. */
export type Belongs = 'site' | 'organisation' | 'maker';

/** How to make the object that a path with parameters is about, so that somebody else can be refused it. */
export interface WalkedObject {
  readonly belongs: Belongs;
  /**
   * Makes one and gives values for the path's parameters.
   *
   * @param siteId the site that it is to belong to, where it can belong to one
   * @param maker whose it is to be, where it can be somebody's
   */
  readonly make: (server: TestServer, siteId: string, maker: Caller) => Promise<Parameters>;
  /** Whether everybody who has the permission at any site may read it, though it belongs to no site. */
  readonly isReadByAll?: boolean;
}

/**
 * Objects by the path that leads to them: the longest key that a route's path begins with counts. Whoever adds a route
 * with a parameter adds an entry here, or the walk fails.
 */
export const WALKED_OBJECTS: Readonly<Record<string, WalkedObject>> = {
  '/api/access-levels/:id': { belongs: 'site', make: makeAccessLevel },
  '/api/account/passkeys/:id': { belongs: 'maker', make: makePasskey },
  '/api/account/sessions/:id': { belongs: 'maker', make: makeSession },
  '/api/administrators/:id': { belongs: 'site', make: makeAdministrator },
  '/api/administrators/:id/sessions/:sessionId': {
    belongs: 'site',
    make: async (server, siteId) => ({ ...(await makeAdministrator(server, siteId)), sessionId: newId() }),
  },
  '/api/alarms/:id': { belongs: 'site', make: makeAlarm },
  '/api/areas/:id': { belongs: 'site', make: makeArea },
  '/api/custom-fields/:key': { belongs: 'organisation', make: () => Promise.resolve({ key: 'locker' }) },
  '/api/doors/:id': { belongs: 'site', make: makeDoor },
  '/api/doors/:id/commands/:commandId': { belongs: 'site', make: makeDoorCommand },
  '/api/doors/:id/local-people/:personId': {
    belongs: 'site',
    make: async (server, siteId) => ({ ...(await makeDoor(server, siteId)), personId: newId() }),
  },
  '/api/erasures/:id': { belongs: 'site', make: makeErasure },
  '/api/events/:id/picture': { belongs: 'site', make: makeEventPicture },
  '/api/events/dead-letters/:id': { belongs: 'site', make: makeDeadLetter },
  '/api/floor-plans/:id': { belongs: 'site', make: makeFloorPlan },
  '/api/groups/:id': { belongs: 'site', make: makeGroup },
  '/api/holiday-calendars/:id': { belongs: 'site', make: makeHolidayCalendar },
  '/api/jobs/:id': { belongs: 'maker', make: makeJob },
  '/api/lockdowns/:id': { belongs: 'site', make: makeLockdown },
  '/api/models/:id': { belongs: 'organisation', make: () => Promise.resolve({ id: 'mobilefacenet-192' }) },
  '/api/people-imports/:id': { belongs: 'maker', make: makePeopleImport },
  '/api/people/:id': { belongs: 'site', make: makePerson },
  '/api/people/:id/templates/:templateId': {
    belongs: 'site',
    make: async (server, siteId) => ({ ...(await makePerson(server, siteId)), templateId: newId() }),
  },
  '/api/reports/exports/:id': { belongs: 'maker', make: makeReportExport },
  '/api/reports/saved/:id': { belongs: 'maker', make: makeSavedReport },
  '/api/reports/schedules/:id': { belongs: 'maker', make: makeReportSchedule },
  '/api/roles/:id': { belongs: 'organisation', isReadByAll: true, make: makeRole },
  '/api/schedules/:id': { belongs: 'site', make: makeSchedule },
  '/api/sites/:id': { belongs: 'site', make: (_, siteId) => Promise.resolve({ id: siteId }) },
  '/api/tokens/:id': { belongs: 'maker', make: makeToken },
  '/api/visitors/:id': { belongs: 'site', make: makeVisitor },
  '/api/webhooks/:id': { belongs: 'site', make: makeWebhook },
  '/api/webhooks/:id/deliveries/:deliveryId': {
    belongs: 'site',
    make: async (server, siteId) => ({ ...(await makeWebhook(server, siteId)), deliveryId: newId() }),
  },
};

/** What a route needs in place of its golden message: uploads, and bodies that name other objects. */
export const WALKED_REQUESTS: Readonly<Record<string, () => CallOptions>> = {
  'POST /api/people/:id/photos': () => {
    const form = new FormData();
    form.set('photo', new Blob([Buffer.from('no picture')]), 'photo.jpg');
    return { form };
  },
};

/** What a route must have after its path. */
export const WALKED_QUERIES: Readonly<Record<string, string>> = {
  'GET /api/people/:id/export': '?reason=Walked',
};

/** The entry that a path belongs to, or undefined. */
export function walkedObject(path: string): WalkedObject | undefined {
  const [key] = Object.keys(WALKED_OBJECTS)
    .filter((candidate) => path === candidate || path.startsWith(`${candidate}/`))
    .sort((one, other) => other.length - one.length);
  return key === undefined ? undefined : WALKED_OBJECTS[key];
}
