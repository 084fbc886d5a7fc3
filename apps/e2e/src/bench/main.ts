import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Browser, BrowserContext } from '@playwright/test';
import { DEBIAN_CHROMIUM, launchBrowser } from '../support/browser';
import { consolePages } from '../support/console-pages';
import { Deployment } from '../support/deployment';
import { furnish, OWNER } from '../support/furnish';

const run = promisify(execFile);

/** Fetched from npm when it is used: nothing else needs it. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const KILOBYTE = 1000;

type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;

/** `npm run bench:console`: Lighthouse (desktop) and the first-load JavaScript of every page of the production build. */
async function main(only: readonly string[]): Promise<void> {
  const chromium = DEBIAN_CHROMIUM.find((path) => existsSync(path));
  if (!chromium) throw new Error('Lighthouse needs an installed Chromium (apt-get install chromium).');
  const browser = await launchBrowser();
  const deployment = await Deployment.start({
    MUNJIGI_ADMIN_EMAIL: OWNER.email,
    MUNJIGI_ADMIN_PASSWORD: OWNER.password,
  });
  try {
    const pages = consolePages(await furnish(deployment));
    const cookie = await signIn(browser, deployment.url);
    process.stdout.write(
      'page | performance | accessibility | best practices | first-load JavaScript kB | all of it kB\n',
    );
    for (const { name, path } of pages.filter((page) => only.length === 0 || only.includes(page.name))) {
      const url = deployment.url + path;
      const scores = await lighthouse(url, cookie, chromium);
      const script = await scriptBytes(browser, url, cookie);
      const kilobytes = [script.first, script.all].map((bytes) => Math.round(bytes / KILOBYTE));
      const figures = [...CATEGORIES.map((category) => scores[category]), ...kilobytes];
      process.stdout.write(`${[name, ...figures].join(' | ')}\n`);
    }
  } finally {
    await browser.close();
    await deployment.stop();
  }
}

/** @returns the session's cookie as a header */
async function signIn(browser: Browser, url: string): Promise<string> {
  const context = await browser.newContext({ baseURL: url });
  await context.request.post('/api/auth/login', { data: OWNER });
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Scores of 100. */
async function lighthouse(url: string, cookie: string, chromium: string): Promise<Scores> {
  const { stdout } = await run(
    'npx',
    [
      ...['--yes', LIGHTHOUSE, url, '--quiet', '--preset=desktop', '--output=json', '--output-path=stdout'],
      ...[
        `--only-categories=${CATEGORIES.join(',')}`,
        `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
      ],
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 64 * 1024 * 1024 },
  );
  const { categories } = JSON.parse(stdout) as { categories: Record<string, { score: number | null }> };
  const scoreOf = (category: string) => Math.round((categories[category]?.score ?? 0) * 100);
  return Object.fromEntries(CATEGORIES.map((category) => [category, scoreOf(category)])) as Scores;
}

/** Bytes of JavaScript, as compressed on the wire, of a page that is opened with nothing in the cache. */
interface ScriptBytes {
  /** What the page itself names. */
  readonly first: number;
  /** With what it fetched afterwards by itself, until it was idle. */
  readonly all: number;
}

async function scriptBytes(browser: Browser, url: string, cookie: string): Promise<ScriptBytes> {
  const context = await browser.newContext({ extraHTTPHeaders: { Cookie: cookie } });
  try {
    return await countScripts(context, url);
  } finally {
    await context.close();
  }
}

async function countScripts(context: BrowserContext, url: string): Promise<ScriptBytes> {
  const page = await context.newPage();
  const html = (await (await page.goto(url))?.text()) ?? '';
  await page.waitForLoadState('networkidle');
  const scripts = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, bytes: encodedBodySize }))
      .filter(({ path }) => path.endsWith('.js')),
  );
  const sum = (of: typeof scripts) => of.reduce((bytes, script) => bytes + script.bytes, 0);
  const isNamed = ({ path }: { readonly path: string }) => html.includes(path.split('/').pop() ?? path);
  return { first: sum(scripts.filter(isNamed)), all: sum(scripts) };
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
