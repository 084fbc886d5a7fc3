import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { installDemoMedia } from '@munjigi/face-core';
import { ARTIFACTS, DEMO_DOORS, FIRST_PERSON, until } from '@munjigi/tools';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { launchBrowser } from './support/browser';
import { Demo } from './support/demo';

const [FRONT, LAB] = DEMO_DOORS.map((door) => door.name) as [string, string];
const SCREENSHOTS = join(ARTIFACTS, 'e2e', 'screenshots');
/** What a newcomer is promised: both doors have decided within a minute of the page's first load. */
const FIRST_MINUTE_MS = 60_000;
/** The second man's video is 53 s long. */
const NEXT_VISIT_MS = 120_000;

test.describe.configure({ mode: 'serial' });

test.describe('the demo, as a newcomer meets it', () => {
  let demo: Demo;
  let browser: Browser | undefined;
  let context: BrowserContext;
  let page: Page;
  let noBrowser = '';
  let media: string;
  const complaints: string[] = [];

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    mkdirSync(SCREENSHOTS, { recursive: true });
    try {
      browser = await launchBrowser();
    } catch (error) {
      noBrowser = (error as Error).message;
      return;
    }
    media = (await installDemoMedia()).directory;
    demo = await Demo.start();
    context = await browser.newContext({
      baseURL: demo.url,
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
    });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  test.afterAll(async () => {
    await browser?.close();
    await demo?.interrupt();
    demo?.cleanUp();
  });

  test.beforeEach(() => test.skip(noBrowser !== '', noBrowser));

  test('refuses a wrong password and lets the printed one in', async () => {
    await page.goto('/');
    await page.getByLabel('Email').fill(demo.email);
    await page.getByLabel('Password', { exact: true }).fill('a-wrong-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('The email or the password is wrong.')).toBeVisible();
    await shot('sign-in');
    await page.getByLabel('Password', { exact: true }).fill(demo.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  });

  test('shows within a minute that one door granted and the other denied', async () => {
    await page.goto('/live');
    const feed = page.getByRole('log', { name: 'Event feed' });
    await expect(row(feed, FIRST_PERSON.name, FRONT)).toBeVisible({ timeout: FIRST_MINUTE_MS });
    await expect(row(feed, 'Unknown person', LAB)).toBeVisible({ timeout: FIRST_MINUTE_MS });
    await expect(
      page.getByRole('region', { name: FRONT }).getByText(FIRST_PERSON.name).first(),
    ).toBeVisible();
    await shot('live');
  });

  test('opens the second door for the stranger once he is registered by a click', async () => {
    await page
      .getByRole('button', { name: `Register unknown face at ${LAB}` })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: 'Register this person' });
    await expect(dialog.getByRole('img', { name: `Face at ${LAB}` })).toBeVisible();
    await shot('register');
    await dialog.getByLabel('Name').fill('박서준');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByText('박서준 is registered', { exact: true })).toBeVisible();
    await expect(dialog).toBeHidden();
    const feed = page.getByRole('log', { name: 'Event feed' });
    await expect(row(feed, '박서준', LAB)).toBeVisible({ timeout: NEXT_VISIT_MS });
    await shot('live-registered');
  });

  test('finds, refuses, enrols, renames and deletes people', async () => {
    await page.getByRole('link', { name: 'People' }).first().click();
    await page.getByRole('searchbox', { name: 'Search people' }).fill('서준');
    await expect(page.getByRole('row', { name: /박서준/ })).toBeVisible();
    await expect(page.getByRole('row', { name: new RegExp(FIRST_PERSON.name) })).toHaveCount(0);
    await page.getByRole('searchbox', { name: 'Search people' }).fill('');
    await shot('people');

    await page.getByRole('button', { name: 'Add person' }).click();
    const adding = page.getByRole('dialog', { name: 'Add person' });
    await adding.getByLabel('Name').fill('Nobody');
    await adding.locator('input[type=file]').setInputFiles({
      name: 'face.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('this is no picture'),
    });
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(adding.getByRole('alert')).toContainText('This kind of file cannot be used.');
    await shot('photo-refused');
    const tryPhoto = async (name: string) => {
      await adding.locator('input[type=file]').setInputFiles(join(media, name));
      await adding.getByRole('button', { name: 'Try this photo' }).click();
    };
    await tryPhoto(FIRST_PERSON.photos[0]);
    await expect(adding.getByRole('alert')).toContainText('is enrolled already');
    await tryPhoto('portrait-female-04.jpg');
    await expect(page.getByText('Nobody was added', { exact: true })).toBeVisible();
    await shot('photo-enrolled');
    await page.keyboard.press('Escape');
    await expect(adding).toBeHidden();
    await expect(page.getByRole('row', { name: /Nobody/ })).toBeVisible();

    await page.getByRole('button', { name: 'Actions for 박서준' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Seojun Park');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('row', { name: /Seojun Park/ })).toBeVisible();

    await page.getByRole('button', { name: 'Actions for Seojun Park' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: 'Delete' })
      .click();
    await expect(page.getByRole('row', { name: /Seojun Park/ })).toHaveCount(0);
  });

  test('keeps the filter of the events in the address', async () => {
    await page.goto('/events?outcome=denied');
    await expect(page.getByRole('row', { name: new RegExp(LAB) }).first()).toBeVisible();
    await expect(page.getByRole('row', { name: new RegExp(FIRST_PERSON.name) })).toHaveCount(0);
    await shot('events-denied');
    await page.goto('/events');
    await expect(page.getByRole('row', { name: new RegExp(FIRST_PERSON.name) }).first()).toBeVisible();
    await shot('events');
  });

  test('keeps the risk that a door may take', async () => {
    await page.goto('/live');
    const sheet = page.getByRole('dialog', { name: 'Door settings' });
    const open = () => page.getByRole('button', { name: `Settings of ${FRONT}` }).click();
    await open();
    await sheet.getByRole('radio', { name: 'By risk' }).click();
    const slider = sheet.getByRole('slider', { name: 'Strangers let in, at most' });
    await slider.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', '1 in 100');
    for (let step = 0; step < 3; step += 1) await slider.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', '1 in 1,000');
    await expect(sheet.getByRole('region', { name: 'What to expect at this door' })).toContainText(
      '1 in 1,000',
    );
    await expect(sheet.getByText('Not measured at your site')).toBeVisible();
    await shot('door-settings');
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await sheet.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`${FRONT} has new settings`, { exact: true })).toBeVisible();
    await expect(sheet).toBeHidden();

    await page.reload();
    await open();
    await expect(sheet.getByRole('radio', { name: 'By risk' })).toBeChecked();
    await expect(slider).toHaveAttribute('aria-valuetext', '1 in 1,000');
    await sheet.getByRole('radio', { name: 'Model’s own' }).click();
    await sheet.getByRole('button', { name: 'Cancel' }).click();
    const doors = (await (await page.request.get('/api/doors')).json()) as {
      items: { name: string; settings: object }[];
    };
    expect(doors.items.find(({ name }) => name === FRONT)?.settings).toMatchObject({
      similarityMin: null,
      fpirMax: 1e-3,
    });
  });

  for (const path of ['/live', '/people', '/events']) {
    test(`has no accessibility fault that can be found by rule on ${path}`, async () => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
        [],
      );
    });
  }

  test('is at home on a phone, in Korean and in the dark', async () => {
    const phone = await browser!.newContext({
      baseURL: demo.url,
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      locale: 'ko-KR',
      colorScheme: 'dark',
      hasTouch: true,
      storageState: await context.storageState(),
    });
    const korean = await phone.newPage();
    for (const path of ['live', 'people', 'events']) {
      await korean.goto(`/${path}`);
      await expect(korean.getByRole('heading', { level: 1 })).toBeVisible();
      // Before its tile is there, no picture is waited for either.
      if (path === 'live') await expect(korean.getByRole('region', { name: FRONT })).toBeVisible();
      await expect(korean.getByText('영상을 기다리고 있어요')).toHaveCount(0);
      const overflow = await korean.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await korean.screenshot({ path: join(SCREENSHOTS, `phone-ko-dark-${path}.png`) });
    }
    await phone.close();
  });

  test('sends whoever is not signed in to the sign-in page', async () => {
    const stranger = await browser!.newContext({ baseURL: demo.url });
    const visitor = await stranger.newPage();
    await visitor.goto('/people');
    await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect((await visitor.request.get('/api/people')).status()).toBe(401);
    await stranger.close();
  });

  test('printed nothing that looks like an error, and nothing failed in the page', () => {
    expect(demo.output).not.toMatch(/error|warn|exception|fail/i);
    expect(complaints).toEqual([]);
  });

  test('ends every process that it started on Ctrl-C', async () => {
    const family = demo.processes();
    expect(family.length).toBeGreaterThan(5);
    await demo.interrupt();
    expect(demo.output.trimEnd()).toMatch(/Stopped\.$/);
    await until('every process to end', () => family.every((pid) => !isAlive(pid)));
  });

  async function shot(name: string): Promise<void> {
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }
});

/** The rows of the feed that speak of that person at that door. */
function row(feed: ReturnType<Page['getByRole']>, subject: string, door: string) {
  return feed.getByRole('listitem').filter({ hasText: subject }).filter({ hasText: door }).first();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
