import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { ARTIFACTS } from '@munjigi/tools';
import { expect, type Page } from '@playwright/test';

const SCREENSHOTS = join(ARTIFACTS, 'e2e', 'screenshots');
const DESK = { width: 1440, height: 900 };
const DIALOG = '[role=dialog],[role=alertdialog]';
const PHONE = { width: 390, height: 844 };

/** How {@link lookAt} comes by the other language. */
interface Look {
  /** The address that shows the same again; without it Korean is not looked at. */
  readonly path?: string;
}

/**
 * Looks for faults of accessibility and of width in both themes, on a desk and on a phone, in either language; a picture
 * of each is kept. What stands on the page is left as it was, in English and light, unless it is asked for by path.
 */
export async function lookAt(page: Page, name: string, { path }: Look = {}): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const shoot = (what: string) => page.screenshot({ path: join(SCREENSHOTS, `${name}-${what}.png`) });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await drawn(page);
    // The theme of some elements can be later still; what is really wrong stays wrong.
    await expect(() => expectNoFaults(page)).toPass({ timeout: 20_000 });
    await shoot(colorScheme);
  }
  await page.setViewportSize(PHONE);
  await expectToFit(page);
  await shoot('phone-dark');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (path !== undefined) {
    await inKorean(page, path);
    await expectToFit(page);
    await shoot('phone-ko');
    await page.setViewportSize(DESK);
    await shoot('ko');
    await page.context().clearCookies({ name: 'munjigi_locale' });
    await page.goto(path);
    return;
  }
  await page.setViewportSize(DESK);
}

/** @throws when axe finds a fault of WCAG 2.2 AA that can be found by rule */
export async function expectNoFaults(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  // What a dialog covers cannot be read, nor reached.
  if ((await page.locator(DIALOG).count()) > 0) axe.include(DIALOG);
  const { violations } = await axe.analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' ')}`,
    ),
  ).toEqual([]);
}

/** Resolves when the page was drawn as it is now: a change of theme reaches some elements a frame late. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

async function inKorean(page: Page, path: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.context().addCookies([{ name: 'munjigi_locale', value: 'ko', url: origin }]);
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[가-힣]/);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** @throws when the page is wider than the window */
export async function expectToFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}
