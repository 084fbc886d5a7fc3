import type { BuiltInRole } from '@munjigi/contracts';
import { expect, type Page, test } from '@playwright/test';
import { Desk } from './support/desk';
import { OWNER } from './support/furnish';
import { expectNoFaults } from './support/looks';

const WATCH = ['Overview', 'Live', 'Events', 'Alarms', 'People', 'Doors', 'Devices', 'Access'];
const ALL = [...WATCH, 'Reports', 'Audit', 'Settings'];

/** What each role is shown: its pages, and whether it has the buttons by which people, locks and owners are changed. */
const ROLES: readonly {
  role: BuiltInRole;
  pages: readonly string[];
  addsPeople: boolean;
  locksDown: boolean;
  seesAdministrators: boolean;
}[] = [
  { role: 'administrator', pages: ALL, addsPeople: true, locksDown: true, seesAdministrators: true },
  {
    ...{ role: 'site-manager', pages: [...WATCH, 'Reports', 'Settings'] },
    ...{ addsPeople: true, locksDown: true, seesAdministrators: false },
  },
  {
    ...{ role: 'operator', pages: [...WATCH, 'Settings'] },
    ...{ addsPeople: false, locksDown: false, seesAdministrators: false },
  },
  {
    ...{ role: 'registrar', pages: WATCH.filter((page) => !/Events|Alarms/.test(page)).concat('Settings') },
    ...{ addsPeople: true, locksDown: false, seesAdministrators: false },
  },
  { role: 'auditor', pages: ALL, addsPeople: false, locksDown: false, seesAdministrators: true },
];

test.describe.configure({ mode: 'serial' });

test.describe('who is signed in', () => {
  let desk: Desk | undefined;
  let page: Page;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    desk = await Desk.start();
    page = desk.page;
  });

  test.afterAll(() => desk?.stop());

  test('goes on where they were when the session ends: what is typed stays, what is asked waits', async () => {
    await page.goto('/people');
    await page.getByRole('button', { name: 'Add person' }).first().click();
    const adding = page.getByRole('dialog', { name: 'Add person' });
    await adding.getByLabel('Name').fill('Half a sentence');
    await page.request.post('/api/auth/logout');

    const asking = page.getByRole('dialog', { name: 'You were signed out' });
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(asking).toContainText(OWNER.email);
    await expectNoFaults(page);
    await page.keyboard.press('Escape');
    await asking.getByLabel('Password', { exact: true }).fill('not the right one');
    await asking.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(asking.getByText('The email or the password is wrong.')).toBeVisible();
    await asking.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await asking.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(asking).toBeHidden();
    // What was asked for while nobody was signed in has been done without being asked again.
    await expect(page.getByRole('row', { name: /Half a sentence/ })).toBeVisible();
    await expect(page).toHaveURL(/\/people/);
  });

  test('is asked for the password on an open page too, and may leave it', async () => {
    await page.goto('/settings/sites');
    await page.getByRole('button', { name: 'New site' }).click();
    const making = page.getByRole('dialog', { name: 'New site' });
    await making.getByLabel('Name').fill('Nowhere');
    await page.request.post('/api/auth/logout');
    const asking = page.getByRole('dialog', { name: 'You were signed out' });
    // Nothing is asked of the server here: the live connection tells.
    await asking.getByRole('button', { name: 'Go to the sign-in page' }).click();
    await expect(page).toHaveURL(/sign-in\?next=/);
    await desk!.post('/api/auth/login', OWNER);
  });

  test('sees the pages and the buttons of their role, and no others', async () => {
    const { items } = await desk!.send<{ items: { id: string; key: string }[] }>('GET', '/api/roles');
    for (const { role, pages, addsPeople, locksDown, seesAdministrators } of ROLES) {
      await test.step(role, async () => {
        const roleId = items.find(({ key }) => key === role)?.id;
        const theirs = await signedIn(`${role}@example.com`, roleId ?? '');
        await theirs.goto('/people');
        const side = theirs.getByRole('navigation').first();
        await expect(side.getByRole('link')).toHaveText(pages.map((name) => new RegExp(`^${name}`)));
        await expect(theirs.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(theirs.getByRole('row', { name: /Half a sentence/ })).toBeVisible();
        await expect(theirs.getByRole('button', { name: 'Add person' })).toHaveCount(Number(addsPeople));
        await theirs.goto('/access/lockdown');
        await expect(theirs.getByText('No lockdown')).toBeVisible();
        await expect(theirs.getByRole('button', { name: 'Start lockdown' })).toHaveCount(Number(locksDown));
        await theirs.goto('/settings/account');
        await expect(theirs.getByRole('heading', { name: 'Second factor' })).toBeVisible();
        await expect(theirs.getByRole('link', { name: 'Administrators' })).toHaveCount(
          Number(seesAdministrators),
        );
        await theirs.context().close();
      });
    }
  });

  /** The page of a new administrator with one role everywhere. */
  async function signedIn(email: string, roleId: string): Promise<Page> {
    const { invitation } = await desk!.post<{ invitation: { token: string } }>('/api/administrators', {
      ...{ email, grants: [{ roleId, siteId: null }] },
    });
    const theirs = await (await desk!.newContext()).newPage();
    const accepted = await theirs.request.post('/api/auth/invitation', {
      data: { token: invitation.token, password: 'nine loud cranes over water' },
    });
    expect(accepted.ok()).toBe(true);
    return theirs;
  }
});
