import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessEvent } from '@munjigi/contracts';
import { installDemoMedia } from '@munjigi/face-core';
import { ApiClient, FIRST_PERSON, type ManagedProcess, until } from '@munjigi/tools';
import { expect, type Page, test } from '@playwright/test';
import { makeVisitsClip } from './support/clip';
import { Desk } from './support/desk';
import { QUICK_DOOR, startReplayDoor } from './support/door';
import { OWNER } from './support/furnish';

const DOOR = 'Front door';
const TIME_ZONE = 'Asia/Seoul';
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const ALL_DAY = [{ from: '00:00', to: '24:00' }];
/** The man comes every five seconds. */
const VISIT_MS = 60_000;

test.describe.configure({ mode: 'serial' });

test.describe('what is changed in the console is obeyed at the door', () => {
  const directory = mkdtempSync(join(tmpdir(), 'munjigi-rules-'));
  let desk: Desk | undefined;
  let page: Page;
  let client: ApiClient;
  let door: ManagedProcess | undefined;
  let [siteId, doorId, scheduleId, personId] = ['', '', '', ''];

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    const video = join(directory, 'visits.mp4');
    const { directory: media } = await installDemoMedia();
    await makeVisitsClip(video);
    desk = await Desk.start();
    page = desk.page;
    client = new ApiClient(desk.deployment.url);
    await client.login(OWNER.email, OWNER.password);
    const made = await client.createDoor(DOOR, QUICK_DOOR);
    doorId = made.door.id;
    siteId = made.door.site.id;
    await furnish(desk, readFileSync(join(media, FIRST_PERSON.photos[0])));
    const { agentToken } = made;
    const serverUrl = desk.deployment.url;
    door = startReplayDoor({ serverUrl, agentToken, directory: join(directory, 'door'), video });
    await visit('granted', 'matched');
  });

  test.afterAll(async () => {
    await door?.stop();
    await desk?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('a schedule: closed on a date, told why, and open again', async () => {
    await page.goto(`/access/schedules?id=${scheduleId}`);
    const today = new Date().toLocaleDateString('sv', { timeZone: TIME_ZONE });
    await page.getByRole('button', { name: 'Add date' }).click();
    await page.getByLabel('Date', { exact: true }).fill(today);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Office hours is saved')).toBeVisible();
    await visit('denied', 'outside-schedule');

    await page.goto(`/access/why?personId=${personId}&doorId=${doorId}`);
    await expect(page.getByText(`Franck may not pass ${DOOR}`)).toBeVisible();
    await page.goto(`/access/schedules?id=${scheduleId}`);
    await page.getByRole('button', { name: `Remove ${today}` }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Office hours is saved')).toBeVisible();
    await visit('granted', 'matched');
  });

  test('a lockdown, and its release', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/access/lockdown');
    await page.getByRole('button', { name: 'Start lockdown' }).click();
    await dialog.getByLabel('Reason').fill('Fire drill');
    await dialog.getByRole('button', { name: 'Lock the site' }).click();
    await expect(page.getByText('The lockdown is in force')).toBeVisible();
    await visit('denied', 'lockdown');
    await page.getByRole('button', { name: 'Release' }).click();
    await dialog.getByLabel('Reason').fill('It was a drill');
    await dialog.getByRole('button', { name: 'Release' }).click();
    await visit('granted', 'matched');
  });

  test('anti-passback, and its forgiving', async () => {
    const area = { siteId, name: 'Works', occupancyMax: null };
    const antiPassback = { mode: 'hard', forgetAfterMs: null };
    const { id: toAreaId } = await desk!.post('/api/areas', { ...area, antiPassback });
    await desk!.send('PUT', `/api/doors/${doorId}/rules`, { fromAreaId: null, toAreaId });
    await visit('denied', 'anti-passback');
    await page.goto('/access/areas');
    await page.getByRole('button', { name: 'Forgive Franck' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Left by the gate');
    await dialog.getByRole('button', { name: 'Forgive' }).click();
    await visit('granted', 'matched');
    await desk!.send('PUT', `/api/doors/${doorId}/rules`, { fromAreaId: null, toAreaId: null });
  });

  test('a consent that is withdrawn: the door does not know the face any more', async () => {
    await page.goto(`/people/${personId}`);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await expect(page.getByText('The consent of Franck is withdrawn')).toBeVisible();
    await visit('denied', 'unknown-person');
  });

  test('an erasure, with the proof of the door', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto(`/people/${personId}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Erase for good' }).click();
    await dialog.getByLabel('Reason').fill('Asked for it');
    await expect(dialog.getByRole('button', { name: 'Erase' })).toBeDisabled();
    await dialog.getByLabel('Type “Franck” to confirm').fill('Franck');
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await expect(page.getByRole('heading', { name: 'Proof of erasure' })).toBeVisible();
    await expect(page.getByText('Every door had confirmed by')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: DOOR })).toContainText('Confirmed');
  });

  async function furnish(desk: Desk, photo: Uint8Array): Promise<void> {
    await desk.send('PATCH', `/api/sites/${siteId}`, { timeZone: TIME_ZONE });
    const weekly = Object.fromEntries(DAYS.map((day) => [day, ALL_DAY]));
    const hours = { siteId, weekly, holiday: null, holidayCalendarIds: [], exceptions: [] };
    scheduleId = (await desk.post('/api/schedules', { ...hours, name: 'Office hours' })).id;
    const entries = [{ doors: { kind: 'doors', doorIds: [doorId] }, scheduleId }];
    const level = await desk.post('/api/access-levels', { name: 'Works', siteId, entries });
    const group = await desk.post('/api/groups', { name: 'Staff', siteId });
    await desk.send('PUT', `/api/groups/${group.id}/access`, { accessLevelIds: [level.id] });
    await desk.post('/api/consent-texts', { texts: { ko: '동의합니다.', en: 'I agree.' } });
    personId = (await desk.post('/api/people', { name: 'Franck', groupIds: [group.id] })).id;
    await desk.post(`/api/people/${personId}/consents`, { textVersion: 1, how: 'paper' });
    await client.enrolPhoto(personId, photo, FIRST_PERSON.photos[0]);
  }

  /** Resolves with the next visit of that outcome that began from now on. */
  function visit(outcome: AccessEvent['outcome'], reason: AccessEvent['reason']): Promise<AccessEvent> {
    const since = new Date().toISOString();
    return until(
      `a visit that is ${outcome} (${reason})`,
      async () => {
        const events = await client.events({ doorId, from: since });
        return events.find((event) => event.outcome === outcome && event.reason === reason);
      },
      { timeoutMs: VISIT_MS },
    );
  }
});
