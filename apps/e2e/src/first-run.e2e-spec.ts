import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { addPasskeyDevice, codeOf } from './support/authenticator';
import { launchBrowser } from './support/browser';
import { Deployment } from './support/deployment';
import { lookAt } from './support/looks';

const EMAIL = 'owner@example.com';
const PASSWORD = 'seven quiet magpies';
const GUEST_PASSWORD = 'nine loud cranes over water';

test.describe.configure({ mode: 'serial' });

test.describe('a new deployment', () => {
  let deployment: Deployment | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext;
  let page: Page;
  let noBrowser = '';

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    try {
      browser = await launchBrowser();
    } catch (error) {
      noBrowser = (error as Error).message;
      return;
    }
    deployment = await Deployment.start();
    context = await newContext();
    page = await context.newPage();
  });

  test.afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  test.beforeEach(() => test.skip(noBrowser !== '', noBrowser));

  test('is set up in the browser with the code of the terminal', async () => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Set up Munjigi' })).toBeVisible();
    await lookAt(page, 'setup', { path: '/setup' });
    await page.getByLabel('Set-up code').fill('abcde-fghij-kmnpq-rstuv');
    await page.getByLabel('Organisation').fill('한빛 산업');
    await page.getByLabel('First site').fill('서울 본사');
    await expect(page.getByLabel('Time zone of the site')).not.toHaveValue('');
    await page.getByLabel('Time zone of the site').fill('Asia/Seoul');
    await page.getByLabel('Email').fill(EMAIL);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page.getByText('Use at least 12 characters.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'not the set-up code' })).toBeVisible();
    await page.getByLabel('Set-up code').fill(deployment!.setupCode);
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await page.goto('/setup');
    await expect(page).toHaveURL(/sign-in/);
  });

  test('lets somebody who was invited set a password', async () => {
    const invited = await page.request.post('/api/administrators', {
      data: { email: 'guest@example.com', grants: [] },
    });
    const { invitation } = (await invited.json()) as { invitation: { token: string } };
    const other = await newContext();
    const theirs = await other.newPage();
    await theirs.goto('/invitation');
    await theirs.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD);
    await theirs.getByRole('button', { name: 'Set password' }).click();
    await expect(theirs.getByText('This address is not whole')).toBeVisible();
    await lookAt(theirs, 'invitation', { path: '/invitation' });
    await theirs.goto(`/invitation#${invitation.token}`);
    await theirs.reload();
    await theirs.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD);
    await theirs.getByRole('button', { name: 'Set password' }).click();
    await expect(theirs).toHaveURL(/overview/);
    await other.close();
  });

  test('asks for the code of an authenticator app where there is one', async () => {
    const offer = await page.request.post('/api/account/second-factor');
    const { secret } = (await offer.json()) as { secret: string };
    const confirmed = await page.request.post('/api/account/second-factor/confirmation', {
      data: { code: codeOf(secret) },
    });
    const [recovery] = ((await confirmed.json()) as { codes: [string] }).codes;
    await context.clearCookies();

    await page.goto('/sign-in');
    await lookAt(page, 'sign-in', { path: '/sign-in' });
    await page.getByLabel('Email').fill(EMAIL);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByLabel('Code')).toBeFocused();
    await expect(page.getByLabel('Email')).toBeHidden();
    await lookAt(page, 'second-factor');
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('This code does not fit.')).toBeVisible();
    await page.getByLabel('Code').fill(recovery);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  });

  test('lets a passkey in alone, and says so when a device has none', async () => {
    await addPasskeyDevice(page);
    await makePasskey();
    await context.clearCookies();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();

    const other = await newContext();
    const strange = await other.newPage();
    await addPasskeyDevice(strange);
    await strange.goto('/sign-in');
    await strange.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(strange.getByRole('alert').filter({ hasText: 'No passkey was used.' })).toBeVisible();
    await other.close();
  });

  function newContext(): Promise<BrowserContext> {
    return browser!.newContext({
      ...{ baseURL: deployment!.url, locale: 'en-GB', viewport: { width: 1440, height: 900 } },
    });
  }

  /** Has the browser make a passkey for whoever is signed in. */
  function makePasskey(): Promise<void> {
    return page.evaluate(async () => {
      const post = (path: string, body?: object) =>
        fetch(path, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body ?? {}),
        });
      const offer = await post('/api/account/passkeys/options');
      const { challengeId, options } = (await offer.json()) as {
        challengeId: string;
        options: PublicKeyCredentialCreationOptionsJSON;
      };
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
      await post('/api/account/passkeys', { challengeId, name: 'Laptop', response: made.toJSON() as object });
    });
  }
});
