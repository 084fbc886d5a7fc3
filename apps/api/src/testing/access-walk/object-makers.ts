import { randomBytes } from 'node:crypto';
import { EventPicture } from '../../features/event-pictures/event-picture.entity';
import { EventPictureVault } from '../../features/event-pictures/event-picture-vault';
import { newId } from '../../platform/database/uuid';
import type { Caller, TestServer } from '../test-server';

/** Values for the parameters of a path. */
export type Parameters = Readonly<Record<string, string>>;

/** Asks as the first owner. @throws when it is refused */
async function ask(server: TestServer, method: string, path: string, json: object): Promise<unknown> {
  const { status, body } = await server.call(method, path, { json });
  if (status !== 201)
    throw new Error(`${method} ${path} was answered with ${status}: ${JSON.stringify(body)}`);
  return body;
}

const idOf = (made: unknown): Parameters => ({ id: (made as { id: string }).id });

/** Makes a door. */
export async function makeDoor(server: TestServer, siteId: string): Promise<Parameters> {
  const { door } = (await ask(server, 'POST', '/api/doors', { name: 'Walked' })) as { door: { id: string } };
  await server.dataSource.query('UPDATE door SET site_id = $2 WHERE id = $1', [door.id, siteId]);
  return { id: door.id };
}

export async function makeDoorCommand(server: TestServer, siteId: string): Promise<Parameters> {
  const [{ id: doorId = '' }, commandId] = [await makeDoor(server, siteId), newId()];
  await server.dataSource.query(
    `INSERT INTO door_command (id, door_id, command, reason, asked_by, asked_at, expires_at, state)
     VALUES ($1, $2, '{"kind": "lock"}', 'Walked', 'nobody', now(), now(), 'asked')`,
    [commandId, doorId],
  );
  return { id: doorId, commandId };
}

/** Makes a person. */
export async function makePerson(server: TestServer, siteId: string): Promise<Parameters> {
  return idOf(await ask(server, 'POST', '/api/people', { name: 'Walked', siteId }));
}

/** Erases a person, which the whole organisation is told of. */
export async function makeErasure(server: TestServer, siteId: string): Promise<Parameters> {
  const { id } = await makePerson(server, siteId);
  return idOf(await ask(server, 'POST', `/api/people/${id}/erasure`, { reason: 'Walked' }));
}

/** Makes a visitor. */
export async function makeVisitor(server: TestServer, siteId: string): Promise<Parameters> {
  const { id: hostId } = await makePerson(server, siteId);
  const [from, until] = [0, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const visit = { name: 'Walked', hostId, purpose: 'Walk', from, until, siteId };
  const { person } = (await ask(server, 'POST', '/api/visitors', visit)) as { person: { id: string } };
  return { id: person.id };
}

/** Makes a floor plan, of a picture that nobody looks at. */
export async function makeFloorPlan(server: TestServer, siteId: string): Promise<Parameters> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO floor_plan (id, site_id, name, jpeg, width, height, created_at, updated_at)
     VALUES ($1::uuid, $2, $1::text, '\\xff', 1, 1, now(), now())`,
    [id, siteId],
  );
  return { id };
}

/** Makes a group. */
export async function makeGroup(server: TestServer, siteId: string): Promise<Parameters> {
  return idOf(await ask(server, 'POST', '/api/groups', { name: `Walked ${newId()}`, siteId }));
}

/** Makes an access level. */
export async function makeAccessLevel(server: TestServer, siteId: string): Promise<Parameters> {
  return idOf(
    await ask(server, 'POST', '/api/access-levels', { name: `Walked ${newId()}`, siteId, entries: [] }),
  );
}

/** Makes a schedule. */
export async function makeSchedule(server: TestServer, siteId: string): Promise<Parameters> {
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const weekly = Object.fromEntries(days.map((day) => [day, []]));
  const times = { weekly, holiday: null, holidayCalendarIds: [], exceptions: [] };
  return idOf(await ask(server, 'POST', '/api/schedules', { name: `Walked ${newId()}`, siteId, ...times }));
}

/** Makes a holiday calendar. */
export async function makeHolidayCalendar(server: TestServer, siteId: string): Promise<Parameters> {
  return idOf(
    await ask(server, 'POST', '/api/holiday-calendars', { name: `Walked ${newId()}`, siteId, days: [] }),
  );
}

/** Makes an area. */
export async function makeArea(server: TestServer, siteId: string): Promise<Parameters> {
  const rules = { occupancyMax: null, antiPassback: { mode: 'off', forgetAfterMs: null } };
  return idOf(await ask(server, 'POST', '/api/areas', { name: `Walked ${newId()}`, siteId, ...rules }));
}

/** Makes a lockdown. */
export async function makeLockdown(server: TestServer, siteId: string): Promise<Parameters> {
  const json = {
    scope: { kind: 'site', siteId },
    exemptGroupIds: [],
    exemptPersonIds: [],
    reason: 'The walk',
  };
  return idOf(await ask(server, 'POST', '/api/lockdowns', json));
}

/** Makes a people import. */
export async function makePeopleImport(
  _server: TestServer,
  _siteId: string,
  maker: Caller,
): Promise<Parameters> {
  const form = new FormData();
  form.set('files', new Blob(['name\nWalked\n']), 'people.csv');
  const { status, body } = await maker.call('POST', '/api/people-imports', { form });
  if (status !== 201) throw new Error(`the import was answered with ${status}: ${JSON.stringify(body)}`);
  return idOf(body);
}

/** Makes an alarm. */
export async function makeAlarm(server: TestServer, siteId: string): Promise<Parameters> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO alarm (id, key, kind, severity, state, site_id, raised_at, last_at, count, details)
     VALUES ($1::uuid, $1::text, 'tamper', 'high', 'raised', $2, now(), now(), 1, '{}')`,
    [id, siteId],
  );
  return { id };
}

/** Makes an event that was set aside. */
export async function makeDeadLetter(server: TestServer, siteId: string): Promise<Parameters> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO dead_letter (id, door_id, site_id, epoch, sequence, digest, reason, detail, event, received_at, state)
     VALUES ($1, $1, $2, $1, 1, '', 'unreadable', 'Walked', '{}', now(), 'open')`,
    [id, siteId],
  );
  return { id };
}

/** Makes a visit with a picture of somebody unknown, which has come. */
export async function makeEventPicture(server: TestServer, siteId: string): Promise<Parameters> {
  const [{ id: doorId = '' }, id, hash] = [await makeDoor(server, siteId), newId(), randomBytes(32)];
  await server.dataSource.query(
    `INSERT INTO access_event (id, door_id, site_id, epoch, sequence, occurred_at, received_at, monotonic_ms, track_id,
       outcome, reason, similarity_min, model_id, applied_revision, picture_hash)
     VALUES ($1, $2, $3, $1, 1, now(), now(), 1, $1, 'denied', 'unknown-person', 0.5, 'walked', 0, $4)`,
    [id, doorId, siteId, hash],
  );
  await server.dataSource.transaction(async (manager) => {
    const vault = server.running.app.get(EventPictureVault, { strict: false });
    const key = await vault.newKey(manager, newId(), null);
    const sealedJpeg = await vault.seal(manager, key, Buffer.of(0xff, 0xd8));
    const sizes = { sizeBytes: 2, receivedBytes: 2, occurredAt: new Date() };
    await manager.insert(EventPicture, { ...key, ...sizes, doorId, siteId, hash, sealedJpeg });
  });
  return { id };
}

/** Makes an administrator. */
export async function makeAdministrator(server: TestServer, siteId: string): Promise<Parameters> {
  return { id: (await server.as('operator', siteId)).administratorId };
}

/** Makes a role. */
export async function makeRole(server: TestServer): Promise<Parameters> {
  return idOf(await ask(server, 'POST', '/api/roles', { name: newId(), permissions: ['doors:read'] }));
}

/** Makes a token. */
export async function makeToken(server: TestServer, _: string, maker: Caller): Promise<Parameters> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO api_token (id, name, token_hash, hint, administrator_id, permissions, created_at, expires_at)
     VALUES ($1::uuid, 'Walked', decode(replace($1::text, '-', ''), 'hex'), '', $2, '{doors:read}', now(),
       now() + interval '1 day')`,
    [id, maker.administratorId],
  );
  return { id };
}

/** Makes a passkey. */
export async function makePasskey(server: TestServer, _: string, maker: Caller): Promise<Parameters> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO passkey
       (id, administrator_id, name, credential_id, public_key, counter, transports, backed_up, created_at)
     VALUES ($1::uuid, $2, 'Walked', $1::text, '', 0, '{}', false, now())`,
    [id, maker.administratorId],
  );
  return { id };
}

/** Makes a session. */
export async function makeSession(server: TestServer, _: string, maker: Caller): Promise<Parameters> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO session
       (id, token_hash, administrator_id, method, created_at, authenticated_at, last_seen_at, expires_at)
     VALUES ($1::uuid, decode(replace($1::text, '-', ''), 'hex'), $2, 'password', now(), now(), now(),
       now() + interval '1 hour')`,
    [id, maker.administratorId],
  );
  return { id };
}

/** Has a report made. */
export async function makeReportExport(
  _server: TestServer,
  _siteId: string,
  maker: Caller,
): Promise<Parameters> {
  const json = { report: { kind: 'muster', parameters: {} }, format: 'csv', reason: 'The walk' };
  const { status, body } = await maker.call('POST', '/api/reports/exports', { json });
  if (status !== 202) throw new Error(`the report was answered with ${status}: ${JSON.stringify(body)}`);
  return idOf(body);
}

/** Saves a report. */
export async function makeSavedReport(
  _server: TestServer,
  _siteId: string,
  maker: Caller,
): Promise<Parameters> {
  const json = { name: 'Walked', report: { kind: 'muster', parameters: {} }, shared: false };
  const { status, body } = await maker.call('POST', '/api/reports/saved', { json });
  if (status !== 201) throw new Error(`the report was answered with ${status}: ${JSON.stringify(body)}`);
  return idOf(body);
}

/** Schedules a report. */
export async function makeReportSchedule(
  server: TestServer,
  siteId: string,
  maker: Caller,
): Promise<Parameters> {
  const { id: savedReportId } = await makeSavedReport(server, siteId, maker);
  const timing = { every: 'day', at: '07:00' };
  const json = {
    ...{ savedReportId, format: 'csv', language: 'en', reason: 'The walk', timing },
    ...{ timeZone: 'Asia/Seoul', recipients: [], enabled: false },
  };
  const { status, body } = await maker.call('POST', '/api/reports/schedules', { json });
  if (status !== 201) throw new Error(`the schedule was answered with ${status}: ${JSON.stringify(body)}`);
  return idOf(body);
}

/** Makes a job. */
export async function makeJob(
  server: TestServer,
  _: string,
  { administratorId }: Caller,
): Promise<Parameters> {
  const id = newId();
  const madeBy = { actorKind: 'administrator', actorId: administratorId, actorName: '', address: null };
  await server.dataSource.query(
    `INSERT INTO job (id, name, payload, state, made_by, created_at, due_at, finished_at, attempt, attempts_max,
       cancel_requested, progress_done)
     VALUES ($1, 'walked', '{}', 'done', $2, now(), now(), now(), 1, 1, false, 0)`,
    [id, JSON.stringify(madeBy)],
  );
  return { id };
}

/** Makes a webhook, of a name that leads nowhere. */
export async function makeWebhook(server: TestServer, siteId: string): Promise<Parameters> {
  const json = {
    name: `Walked ${newId()}`,
    url: 'https://walked.invalid/hook',
    events: ['access.denied'],
    siteIds: [siteId],
  };
  const { webhook } = (await ask(server, 'POST', '/api/webhooks', json)) as { webhook: { id: string } };
  return { id: webhook.id };
}
