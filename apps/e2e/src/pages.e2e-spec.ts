import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '@munjigi/tools';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { launchBrowser } from './support/browser';
import { consolePages } from './support/console-pages';
import { Deployment } from './support/deployment';
import { furnish, OWNER, type Furnishing } from './support/furnish';
import { expectNoFaults, expectToFit } from './support/looks';

const DESK = { width: 1440, height: 900 };
const SMALL_PHONE = { width: 360, height: 740 };
const WALL = { width: 3840, height: 2160 };

/** Addresses that lead to another page. */
const REDIRECTS = ['/access', '/settings'];

/** The console's pages as its folders have them. */
function pagesOfConsole(): string[] {
  const files = readdirSync(join(REPOSITORY, 'apps/admin/src/app/(console)'), {
    recursive: true,
    encoding: 'utf8',
  });
  const paths = files.filter((file) => file.endsWith('page.tsx')).map((file) => `/${dirname(file)}`);
  return paths.filter((path) => !REDIRECTS.includes(path)).sort();
}

test.describe('every page', () => {
  test.describe.configure({ timeout: 300_000 });

  let deployment: Deployment | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let furnishing: Furnishing;
  let noBrowser = '';

  test.beforeAll(async () => {
    try {
      browser = await launchBrowser();
    } catch (error) {
      noBrowser = (error as Error).message;
      return;
    }
    deployment = await Deployment.start({
      MUNJIGI_ADMIN_EMAIL: OWNER.email,
      MUNJIGI_ADMIN_PASSWORD: OWNER.password,
    });
    furnishing = await furnish(deployment);
    const context = await browser.newContext({ baseURL: deployment.url, locale: 'ko-KR', viewport: DESK });
    page = await context.newPage();
    await page.request.post('/api/auth/login', { data: OWNER });
  });

  test.afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  test.beforeEach(() => test.skip(noBrowser !== '', noBrowser));

  test('is in the list', () => {
    const listed = consolePages(furnishing).map(({ path }) =>
      path.replace(/\?.*/, '').replace(/[0-9a-f-]{36}/, '[id]'),
    );
    expect(listed.sort()).toEqual(pagesOfConsole());
  });

  test('has no fault of accessibility in either theme, and fits from a small phone to a wall', async () => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(`${page.url()}: ${message.text()}`);
    });
    for (const { name, path } of consolePages(furnishing)) {
      await test.step(name, async () => {
        await open(path, 'light');
        await expectNoFaults(page);
        for (const size of [SMALL_PHONE, WALL, DESK]) {
          await page.setViewportSize(size);
          await expectToFit(page);
        }
        await open(path, 'dark');
        await expectNoFaults(page);
      });
    }
    expect(refused).toEqual([]);
  });

  /** Opens a page in a theme: some elements follow a change of it late. */
  async function open(path: string, colorScheme: 'light' | 'dark'): Promise<void> {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(path);
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy=true],[data-skeleton]')).toHaveCount(0);
  }
});
