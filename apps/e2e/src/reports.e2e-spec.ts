import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { Desk } from './support/desk';
import { lookAt } from './support/looks';

test.describe.configure({ mode: 'serial' });

test.describe('reports, webhooks, visitors, imports and privacy', () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let desk: Desk | undefined;
  let receiver: Server | undefined;
  let page: Page;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    desk = await Desk.start({
      env: { MUNJIGI_WEBHOOK_NETWORKS: '127.0.0.0/8' },
      context: { timezoneId: 'Asia/Seoul', reducedMotion: 'reduce', acceptDownloads: true },
    });
    page = desk.page;
    await desk.post('/api/people', { name: '김민지', employeeNumber: 'E-1' });
    receiver = createServer((req, res) => {
      let body = '';
      req.setEncoding('utf8').on('data', (text: string) => (body += text));
      req.on('end', () => {
        received.push({ headers: req.headers, body });
        res.end('thanks');
      });
    });
    await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
  });

  test.afterAll(async () => {
    await desk?.stop();
    await new Promise((resolve) => (receiver ? receiver.close(resolve) : resolve(undefined)));
  });

  test('people are imported after what is wrong was shown, and nothing before', async () => {
    await page.goto('/people/import');
    const table = 'Name,Employee number,Email\nAda,E-2,ada@example.com\nBo,E-3,not an address\n이하나,E-1,\n';
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'people.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(table),
    });
    await page.getByRole('button', { name: 'Check' }).click();
    const problems = page.getByRole('table', { name: 'Problems' });
    await expect(problems.getByRole('row')).toHaveCount(2);
    await expect(problems.getByRole('row').last()).toContainText('email');
    expect((await people()).total).toBe(1);
    await lookAt(page, 'people-import');
    await page.getByRole('button', { name: 'Import 2 people' }).click();
    await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible();
    expect((await people()).items.map(({ name }) => name).sort()).toEqual(['Ada', '이하나']);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /What became of each row/ }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toMatch(/2,refused/);
  });

  test('a report is looked at, taken out, and the file is what the account says', async () => {
    await page.goto('/reports?kind=no-credentials');
    await expect(page.getByText('2 rows')).toBeVisible();
    await expect(page.getByRole('table').getByRole('row', { name: /Ada/ })).toBeVisible();
    await lookAt(page, 'reports', { path: '/reports?kind=no-credentials' });
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Who still needs a photo');
    await dialog.getByRole('button', { name: 'Make the file' }).click();
    await dialog.getByText('How to verify it').click();
    const sha256 = await dialog.locator('code').innerText();
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download' }).click();
    const file = readFileSync(await (await download).path());
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
    expect(file.toString('utf8')).toMatch(/Ada[\s\S]*이하나/);
    await dialog.getByRole('link', { name: 'Its entries in the audit log' }).click();
    await expect(page.getByText('Who still needs a photo').first()).toBeVisible();
  });

  test('a report is saved and scheduled', async () => {
    await page.goto('/reports?kind=attendance&period=last-month');
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Hours of the month');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.goto('/reports/saved');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await dialog.getByRole('radio', { name: 'Monthly' }).click();
    await dialog.getByLabel('Mail to').fill('payroll@example.com');
    await dialog.getByLabel('Reason').fill('Payroll');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('payroll@example.com')).toBeVisible();
    await lookAt(page, 'reports-saved', { path: '/reports/saved' });
    await page.getByRole('link', { name: 'Hours of the month' }).click();
    await expect(page).toHaveURL(/kind=attendance&period=last-month/);
  });

  test('a webhook is told, signed with the secret that was shown', async () => {
    const { port } = receiver?.address() as AddressInfo;
    await page.goto('/settings/webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Payroll');
    await dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/hook`);
    await lookAt(page, 'settings-webhook');
    await dialog.getByRole('button', { name: 'Make webhook' }).click();
    const secret = await dialog.getByLabel('Secret').inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Payroll', exact: true }).click();
    await dialog.getByRole('button', { name: 'Send a test' }).click();
    await expect(dialog.getByText('Status 200')).toBeVisible();
    const { headers, body } = received[0] ?? { headers: {}, body: '' };
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => received.length).toBe(2);
    expect(received[1]?.headers['webhook-id']).toBe(headers['webhook-id']);
  });

  test('a visitor is invited and checked out', async () => {
    await page.goto('/access/visitors');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Grace Hopper');
    await dialog.getByLabel('Purpose').fill('Inspection');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(dialog.getByText('Choose whom they visit.')).toBeVisible();
    await dialog.getByRole('button', { name: /^Host/ }).click();
    await page.getByRole('option', { name: 'Ada' }).click();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const row = page.getByRole('row', { name: /Grace Hopper/ });
    await expect(row).toContainText('Expected');
    await lookAt(page, 'visitors', { path: '/access/visitors' });
    await row.getByRole('button', { name: 'Check out' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Check out' }).click();
    await expect(row).toContainText('Ended');
  });

  test('retention asks before something is removed, and a consent text has both languages', async () => {
    await page.goto('/settings/privacy');
    await page.getByLabel('Events at Everywhere else, in days').fill('365');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('The periods were saved')).toBeVisible();
    await page.getByRole('button', { name: 'New version' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Text in Korean').fill('얼굴 정보를 출입 확인에만 씁니다.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('Write the text in both languages.')).toBeVisible();
    await dialog.getByLabel('Text in English').fill('Faces are used to let people in, and for nothing else.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('summary', { hasText: 'Version 1' })).toBeVisible();
    await lookAt(page, 'settings-privacy', { path: '/settings/privacy' });
  });

  async function people(): Promise<{ total: number; items: { name: string }[] }> {
    return (await (await page.request.get('/api/people')).json()) as {
      total: number;
      items: { name: string }[];
    };
  }
});
