import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@munjigi/tools';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { launchBrowser } from '../support/browser';
import { consolePages, OPEN_PAGES, type ConsolePage } from '../support/console-pages';
import { Deployment } from '../support/deployment';
import { furnish, OWNER } from '../support/furnish';

const FOLDER = join(REPOSITORY, 'docs', 'screenshots');
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const QUALITY = 55;

/** One way to look at a page. */
interface Look {
  readonly name: string;
  readonly locale: 'en' | 'ko';
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

const LOOKS: readonly Look[] = [
  { name: 'en-light', locale: 'en', colorScheme: 'light', viewport: DESK },
  { name: 'en-dark', locale: 'en', colorScheme: 'dark', viewport: DESK },
  { name: 'ko-light', locale: 'ko', colorScheme: 'light', viewport: DESK },
  { name: 'ko-dark', locale: 'ko', colorScheme: 'dark', viewport: DESK },
  { name: 'phone', locale: 'ko', colorScheme: 'light', viewport: PHONE },
];

/** `npm run screenshots`: pictures of every page of the console, of a made-up organisation, into docs/screenshots. */
async function main(): Promise<void> {
  const [browser, deployment] = await Promise.all([
    launchBrowser(),
    Deployment.start({ MUNJIGI_ADMIN_EMAIL: OWNER.email, MUNJIGI_ADMIN_PASSWORD: OWNER.password }),
  ]);
  try {
    const pages = consolePages(await furnish(deployment));
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    for (const look of LOOKS) {
      await shootAll(browser, deployment.url, look, OPEN_PAGES, false);
      await shootAll(browser, deployment.url, look, pages, true);
    }
    writeFileSync(join(FOLDER, 'README.md'), index([...OPEN_PAGES, ...pages]));
  } finally {
    await browser.close();
    await deployment.stop();
  }
}

async function shootAll(
  browser: Browser,
  baseURL: string,
  { name: look, locale, colorScheme, viewport }: Look,
  pages: readonly ConsolePage[],
  signedIn: boolean,
): Promise<void> {
  const context = await browser.newContext({
    ...{ baseURL, viewport, colorScheme, reducedMotion: 'reduce' },
    ...{ locale: locale === 'ko' ? 'ko-KR' : 'en-GB', timezoneId: 'Asia/Seoul' },
  });
  const page = await context.newPage();
  if (signedIn) await page.request.post('/api/auth/login', { data: OWNER });
  for (const { name, path } of pages) await shoot(page, path, join(FOLDER, `${name}-${look}.webp`));
  await context.close();
}

async function shoot(page: Page, path: string, file: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[aria-busy=true],[data-skeleton]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await sharp(await page.screenshot())
    .webp({ quality: QUALITY, effort: 6, smartSubsample: true })
    .toFile(file);
}

function index(pages: readonly ConsolePage[]): string {
  const rows = pages.map(
    ({ name, path }) =>
      `| \`${path.replace(/\?.*/, '').replace(/[0-9a-f-]{36}/, '{id}')}\` | ${LOOKS.map((look) => `[${look.name}](${name}-${look.name}.webp)`).join(' · ')} |`,
  );
  return [
    '# Screenshots',
    '',
    'Every page of the console, made by `npm run screenshots`: an organisation, people and visits that never were.',
    '',
    '| page | pictures |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
