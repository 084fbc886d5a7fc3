import { readFileSync } from 'node:fs';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { addPasskeyDevice, codeOf } from './support/authenticator';
import { Desk } from './support/desk';
import { OWNER } from './support/furnish';
import { lookAt } from './support/looks';

const GUARD_PASSWORD = 'nine loud cranes over water';
const NEW_PASSWORD = 'eight patient herons';

test.describe.configure({ mode: 'serial' });

test.describe('the settings', () => {
  let desk: Desk | undefined;
  let guard: BrowserContext | undefined;
  let page: Page;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    desk = await Desk.start();
    page = desk.page;
    await desk.post('/api/sites', { name: 'Plant', timeZone: 'Asia/Seoul' });
  });

  test.afterAll(() => desk?.stop());

  test('of one’s own account: password, second factor, passkeys, sign-ins', async () => {
    await addPasskeyDevice(page);
    await page.goto('/settings');
    await expect(page).toHaveURL(/settings\/account/);
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
    const secret = await dialog.getByLabel('Key for the authenticator app').inputValue();
    await lookAt(page, 'settings-authenticator');
    await dialog.getByLabel('Code of the app').fill(codeOf(secret));
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await expect(dialog.getByRole('listitem')).toHaveCount(10);
    const recovery = await dialog.getByRole('listitem').first().innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('10 left')).toBeVisible();

    await page.getByRole('button', { name: 'Add passkey' }).click();
    await dialog.getByLabel('Name').fill('Desk');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('Added', { exact: false }).first()).toBeVisible();

    await asIfLater('**/api/account/recovery-codes');
    await page.getByRole('button', { name: 'New codes' }).click();
    await dialog.getByRole('button', { name: 'New codes' }).click();
    const question = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await question.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await question.getByLabel('Code').fill(recovery);
    await question.getByRole('button', { name: 'Confirm' }).click();
    await expect(dialog.getByRole('listitem')).toHaveCount(10);
    const code = await dialog.getByRole('listitem').first().innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const elsewhere = await desk!.newContext();
    await elsewhere.request.post('/api/auth/login', { data: { ...OWNER, code } });
    await page.reload();
    await expect(page.getByRole('button', { name: 'Sign out everywhere else' })).toBeVisible();
    await page.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByLabel('Current password').fill('not the right one');
    await dialog.getByLabel('New password').fill(NEW_PASSWORD);
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(dialog.getByText('Your current password is another.')).toBeVisible();
    await dialog.getByLabel('Current password').fill(OWNER.password);
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(page.getByText('Password changed', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign out everywhere else' })).toBeHidden();
    expect((await elsewhere.request.get('/api/auth/session')).status()).toBe(401);
    await elsewhere.close();
  });

  test('of administrators: invited with a role at a site, changed, suspended', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/settings/administrators');
    await expect(page.getByRole('row', { name: new RegExp(OWNER.email) })).toContainText('Owner');
    await page.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByLabel('Email').fill('guard@example.com');
    await dialog.getByLabel('Name').fill('한지우');
    await dialog.getByRole('button', { name: 'Add a role' }).click();
    await dialog.getByRole('combobox', { name: 'Role 1', exact: true }).click();
    await page.getByRole('option', { name: 'Operator' }).click();
    await dialog.getByRole('combobox', { name: 'Where role 1 holds' }).click();
    await page.getByRole('option', { name: 'Plant' }).click();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(dialog.getByLabel('Invitation link')).toHaveValue(/\/invitation#.{20}/);
    const link = await dialog.getByLabel('Invitation link').inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /guard@example.com/ });
    await expect(row).toContainText('Operator · Plant');
    await expect(row).toContainText('Invited');

    guard = await desk!.newContext();
    const theirs = await guard.newPage();
    await theirs.goto(link);
    await theirs.getByLabel('Password', { exact: true }).fill(GUARD_PASSWORD);
    await theirs.getByRole('button', { name: 'Set password' }).click();
    await expect(theirs.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await theirs.goto('/settings');
    await expect(theirs.getByRole('heading', { name: 'Second factor' })).toBeVisible();
    await expect(theirs.getByRole('link', { name: 'Administrators' })).toHaveCount(0);

    await page.getByRole('button', { name: 'Actions for guard@example.com' }).click();
    await page.getByRole('menuitem', { name: 'Suspend' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
    await expect(row).toContainText('Suspended');
    expect((await guard.request.get('/api/auth/session')).status()).toBe(401);
  });

  test('of roles: seen side by side, and made', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/settings/roles');
    await expect(page.getByRole('columnheader', { name: 'Site manager' })).toBeVisible();
    await page.getByRole('button', { name: 'New role' }).click();
    await dialog.getByLabel('Name').fill('야간 경비');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('Choose at least one permission.')).toBeVisible();
    await dialog.getByLabel('Watch live pictures').check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('columnheader', { name: '야간 경비' })).toBeVisible();
    await page.getByRole('button', { name: 'Actions for 야간 경비' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('columnheader', { name: '야간 경비' })).toHaveCount(0);
  });

  test('of tokens and sites: made, shown once, ended', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/settings/tokens');
    await expect(page.getByText('No tokens yet')).toBeVisible();
    await page.getByRole('button', { name: 'New token' }).click();
    await dialog.getByLabel('Name').fill('Payroll');
    await dialog.getByRole('radio', { name: 'At some sites' }).click();
    await dialog.getByRole('button', { name: 'Make token' }).click();
    await expect(dialog.getByText('Choose at least one site.')).toBeVisible();
    await dialog.getByLabel('Plant').check();
    await dialog.getByLabel('See events').check();
    await dialog.getByRole('button', { name: 'Make token' }).click();
    const token = await dialog.getByLabel('Token', { exact: true }).inputValue();
    const asked = await fetch(`${desk!.deployment.url}/api/auth/session`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(((await asked.json()) as { permissions: unknown[] }).permissions).toMatchObject([
      { permission: 'events:read' },
    ]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('row', { name: /Payroll/ })).toContainText('See events');
    await page.getByRole('button', { name: 'Revoke Payroll' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByText('No tokens yet')).toBeVisible();

    await page.getByRole('link', { name: 'Sites' }).click();
    await page.getByRole('button', { name: 'New site' }).click();
    await dialog.getByLabel('Name').fill('부산 물류센터');
    await dialog.getByLabel('Time zone').fill('Asia/Atlantis');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('Choose a time zone, such as Asia/Seoul.')).toBeVisible();
    await dialog.getByLabel('Time zone').fill('Asia/Seoul');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('row', { name: /부산 물류센터/ })).toContainText('Asia/Seoul');
    await page.getByRole('button', { name: 'Delete 부산 물류센터' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('row', { name: /부산 물류센터/ })).toHaveCount(0);
  });

  test('beside the audit log: filtered, looked into, verified, exported', async () => {
    await page.goto('/audit');
    await expect(page.getByRole('button', { name: 'Site: deleted' })).toBeVisible();
    await page.getByRole('searchbox').fill('guard@example.com');
    await expect(page).toHaveURL(/text=guard/);
    await expect(page.getByRole('button', { name: 'Site: deleted' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Administrator: invited' }).click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByText('administrator/invited')).toBeVisible();
    await lookAt(page, 'audit-entry');
    await panel.getByRole('button', { name: 'All about this subject' }).click();
    await expect(page).toHaveURL(/subjectId=/);
    await expect(page.getByRole('searchbox')).toHaveValue('');
    await page.goBack();
    await expect(page.getByRole('searchbox')).toHaveValue('guard@example.com');

    await page.getByRole('button', { name: 'Verify' }).click();
    await panel.getByRole('button', { name: 'Sign now' }).click();
    await expect(page.getByText(/Signed up to entry \d+/)).toBeVisible();
    await panel.getByRole('button', { name: 'Export' }).click();
    await expect(panel.getByText('Say why', { exact: false })).toBeVisible();
    await lookAt(page, 'audit-verify');
    await panel.getByLabel('Reason').fill('yearly review');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('link', { name: 'Export' }).click(),
    ]);
    const [header] = readFileSync(await file.path(), 'utf8').split('\n');
    expect(JSON.parse(header ?? '')).toMatchObject({ type: 'header', from: 1 });
  });

  /** Has the next request to an address answered as when the sign-in is not recent any more. */
  async function asIfLater(address: string): Promise<void> {
    const problem = { type: 'about:blank', title: 'Confirm', status: 403, code: 'auth/step-up-required' };
    const answer = { status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) };
    await page.route(address, (route) => route.fulfill(answer), { times: 1 });
  }
});
