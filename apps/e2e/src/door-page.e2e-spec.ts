import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDemoMedia } from '@munjigi/face-core';
import { AGENT_MAIN, findFreePort, ManagedProcess, until } from '@munjigi/tools';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { launchBrowser } from './support/browser';
import { expectNoFaults, expectToFit } from './support/looks';

test.describe('the page of a door that stands alone', () => {
  const directory = mkdtempSync(join(tmpdir(), 'munjigi-page-'));
  let door: ManagedProcess | undefined;
  let browser: Browser | undefined;
  let url: string;
  let noBrowser = '';

  test.beforeAll(async () => {
    try {
      browser = await launchBrowser();
    } catch (error) {
      noBrowser = (error as Error).message;
      return;
    }
    const media = await installDemoMedia();
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    door = new ManagedProcess({
      ...{ name: 'door', command: process.execPath, args: [AGENT_MAIN] },
      env: {
        ...process.env,
        ...{ MUNJIGI_SERVER_URL: '', MUNJIGI_PAGE_PORT: String(port), MUNJIGI_DATA: join(directory, 'door') },
        ...{ MUNJIGI_VIDEO: join(media.directory, 'franck.mp4'), MUNJIGI_VIDEO_LOOP: 'true' },
      },
      logFile: join(directory, 'door.log'),
    });
    door.start();
    const isUp = () =>
      fetch(`${url}/api/session`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until('the page', isUp, { timeoutMs: 60_000 });
  });

  test.afterAll(async () => {
    await browser?.close();
    await door?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test.beforeEach(() => test.skip(noBrowser !== '', noBrowser));

  const open = async (locale: string): Promise<Page> => {
    const context = await browser!.newContext({ locale, viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`)) elsewhere.push(request.url());
    });
    page.on('console', (message) => message.type() === 'error' && elsewhere.push(message.text()));
    await page.goto(url);
    expect(elsewhere).toEqual([]);
    return page;
  };

  test('registers who stands before it, opens for him, and can be read by everybody', async () => {
    const page = await open('en-GB');
    await page.getByRole('button', { name: 'Unknown. Register this face' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Franck');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await expect(page.getByText('Registered.', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit Franck' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Franck 0\.\d\d\. Register/ })).toBeVisible();
    await expect(page.getByText('Unlocked for a moment').first()).toBeVisible();

    const tabs = page.getByRole('tab');
    await tabs.first().focus();
    for (let index = 0; index < (await tabs.count()); index += 1) {
      await expect(tabs.nth(index)).toBeFocused();
      await expect(tabs.nth(index)).toHaveAttribute('aria-selected', 'true');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await expect(() => expectNoFaults(page)).toPass({ timeout: 20_000 });
      }
      await page.keyboard.press('ArrowRight');
    }
    await page.context().close();
  });

  test('speaks Korean, and fits on a phone', async () => {
    const page = await open('ko-KR');
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole('tab', { name: '사람' })).toBeVisible();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await expectToFit(page);
    }
    await page.getByRole('tab', { name: '출입문' }).click();
    await page.getByRole('button', { name: '한 번 열기' }).click();
    await expect(page.getByText('열었습니다.')).toBeVisible();
    await page.context().close();
  });
});
