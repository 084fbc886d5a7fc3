import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_MAIN, ManagedProcess } from '@munjigi/tools';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { addPasskeyDevice, codeOf } from './support/authenticator';
import { launchBrowser } from './support/browser';
import { makePhoto, makeVisitsClip } from './support/clip';
import { Deployment } from './support/deployment';
import { lookAt } from './support/looks';

const EMAIL = 'owner@example.com';
const PASSWORD = 'seven quiet magpies';
const GUEST_PASSWORD = 'nine loud cranes over water';

test.describe.configure({ mode: 'serial' });

test.describe('a new deployment', () => {
  const directory = mkdtempSync(join(tmpdir(), 'munjigi-first-run-'));
  let deployment: Deployment | undefined;
  let door: ManagedProcess | undefined;
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
    await door?.stop();
    await deployment?.stop();
    rmSync(directory, { recursive: true, force: true });
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
    await expect(page.getByRole('heading', { name: 'First steps' })).toBeVisible();
    await page.goto('/setup');
    await expect(page).toHaveURL(/sign-in/);
  });

  test('is led from an empty system to the first person who passes the first door', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/overview');
    const steps = page.getByRole('region', { name: 'First steps' });
    await expect(steps.getByText('2 of 6 done')).toBeVisible();
    await steps.getByRole('link', { name: 'Continue' }).click();
    await expect(page.getByText('서울 본사')).toBeVisible();
    await lookAt(page, 'first-run', { path: '/first-run' });

    await page.getByRole('button', { name: 'Pair a device' }).click();
    await dialog.getByLabel('Name of the new door').fill('정문');
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    const code = dialog.getByLabel('Pairing code', { exact: true });
    await expect(code).toHaveText(/^[a-z0-9]{4}-[a-z0-9]{4}$/);
    await startDoor((await code.textContent()) ?? '');
    await expect(dialog.getByText('정문 is paired')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(stepOf('door')).toHaveAttribute('data-state', 'done');

    await stepOf('person').getByLabel('Name').fill('김민지');
    await stepOf('person').getByRole('button', { name: 'Add' }).click();
    await stepOf('person').getByRole('button', { name: 'Write the consent text' }).click();
    await dialog.getByLabel('Text in Korean').fill('얼굴 정보를 출입에 쓰는 데 동의합니다.');
    await dialog.getByLabel('Text in English').fill('I agree that my face is used for access.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await stepOf('person').getByRole('button', { name: 'Record consent' }).click();
    await dialog.getByRole('button', { name: 'Record consent' }).click();
    await expect(stepOf('person').getByText('Recorded', { exact: true })).toBeVisible();
    // Left here and taken up again: who was added is there, and is not added a second time.
    await page.reload();
    await expect(stepOf('person').getByRole('combobox', { name: 'Who is it?' })).toHaveText('김민지');
    await stepOf('person').getByRole('button', { name: 'Choose a photo' }).click();
    await makePhoto(join(directory, 'photo.jpg'));
    await dialog.locator('input[type=file]').setInputFiles(join(directory, 'photo.jpg'));
    await dialog.getByRole('button', { name: 'Add photo' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await expect(stepOf('access').getByText('김민지 may pass 정문 now.')).toBeVisible();
    await expect(page.getByText('김민지 came through 정문')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('6 of 6 done')).toBeVisible();
    await lookAt(page, 'first-run-done', { path: '/first-run' });
    await page.goto('/overview');
    await expect(page.getByRole('heading', { name: 'Entries by hour' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'First steps' })).toHaveCount(0);
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

  function stepOf(name: string) {
    return page.locator(`[data-step=${name}]`);
  }

  /** Starts the computer at the door, which pairs by that code; its camera sees a man who comes and goes. */
  async function startDoor(code: string): Promise<void> {
    const video = join(directory, 'visits.mp4');
    await makeVisitsClip(video);
    door = new ManagedProcess({
      ...{ name: 'door', command: process.execPath, args: [AGENT_MAIN] },
      env: {
        ...process.env,
        ...{ MUNJIGI_SERVER_URL: deployment!.url, MUNJIGI_PAIRING_CODE: code },
        ...{ MUNJIGI_DATA: join(directory, 'door'), MUNJIGI_VIDEO: video, MUNJIGI_VIDEO_LOOP: 'true' },
      },
      logFile: join(directory, 'door.log'),
    });
    door.start();
  }

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
