import { expect, type Page, test } from '@playwright/test';
import { Desk } from './support/desk';
import { makeFloorPlan } from './support/floor-plan';
import { expectNoFaults, lookAt } from './support/looks';

test.describe.configure({ mode: 'serial' });

test.describe('doors and their devices', () => {
  let desk: Desk | undefined;
  let page: Page;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    desk = await Desk.start();
    page = desk.page;
  });

  test.afterAll(() => desk?.stop());

  test('begin with a device that is paired by a code, and are counted by how they stand', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/devices');
    await expect(page.getByText('No doors yet')).toBeVisible();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    await dialog.getByRole('combobox', { name: 'Door' }).click();
    await page.getByRole('option', { name: 'Add a new door' }).click();
    await dialog.getByLabel('Name of the new door').fill('Loading bay');
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    await expect(dialog.getByLabel('Pairing code', { exact: true })).toHaveText(/^[a-z0-9]{4}-[a-z0-9]{4}$/);
    await expect(dialog.getByText(/^Good for 1[45]:\d\d more$/)).toBeVisible();
    await expect(dialog.getByText('Waiting for the device…')).toBeVisible();
    await lookAt(page, 'devices-pair');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByRole('row', { name: /Loading bay/ })).toContainText('Not paired');

    await page.goto('/overview');
    const offline = page.getByRole('link', { name: /^Offline/ });
    await expect(offline).toContainText('1');
    await lookAt(page, 'overview', { path: '/overview' });
    await offline.click();
    await expect(page).toHaveURL(/\/doors\?view=offline/);
    await expect(page.getByRole('row', { name: /Loading bay/ })).toBeVisible();
  });

  test('have a camera that is set on their page, its password never shown again', async () => {
    await page.getByRole('link', { name: 'Loading bay' }).click();
    await page.getByRole('combobox', { name: 'Pictures come from' }).click();
    await page.getByRole('option', { name: 'Network camera (RTSP)' }).click();
    const camera = page.getByRole('region', { name: 'Camera' });
    await camera.getByLabel('Address').fill('rtsp://10.20.0.31');
    await camera.getByRole('button', { name: 'Save' }).click();
    await expect(camera.getByText('This cannot be.')).toBeVisible();
    await camera.getByLabel('Address').fill('10.20.0.31');
    await camera.getByLabel('ID', { exact: true }).fill('door');
    await camera.getByLabel('Password', { exact: true }).fill('s3cret word');
    await camera.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Loading bay has a new camera')).toBeVisible();
    await page.reload();
    await expect(camera.getByLabel('Address')).toHaveValue('10.20.0.31');
    await expect(camera.getByLabel('Password', { exact: true })).toHaveValue('');
    await expect(camera.getByText('One is kept. Empty leaves it as it is.')).toBeVisible();
    await expectNoFaults(page);
  });

  test('have a place on a floor plan, by keys and by dragging, where they show how they stand', async () => {
    const dialog = page.getByRole('dialog');
    await page.goto('/doors/map');
    await expect(page.getByText('No floor plans yet')).toBeVisible();
    await page.getByRole('button', { name: 'Add floor plan' }).click();
    await dialog.getByLabel('Name').fill('1층');
    await dialog.getByLabel('Picture').setInputFiles({
      ...{ name: 'floor.png', mimeType: 'image/png', buffer: Buffer.from(await makeFloorPlan()) },
    });
    await dialog.getByRole('button', { name: 'Add floor plan' }).click();
    await page.getByRole('button', { name: 'Place Loading bay' }).click();
    const marker = page.getByRole('button', { name: /^Loading bay, / });
    await marker.press('ArrowLeft');
    await expect(marker).toHaveAccessibleName(/48 % from the left, 50 % from the top/);
    const from = (await marker.boundingBox())!;
    await page.mouse.move(from.x + from.width / 2, from.y + 16);
    await page.mouse.down();
    await page.mouse.move(from.x + 200, from.y + 120, { steps: 4 });
    await page.mouse.up();
    await expect(marker).not.toHaveAccessibleName(/48 % from the left/);
    await expectNoFaults(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('1층 is saved')).toBeVisible();
    await lookAt(page, 'doors-map', { path: '/doors/map' });
    await page.getByRole('button', { name: 'Larger' }).click();
    await page.getByRole('link', { name: /Loading bay Offline/ }).click();
    await expect(page).toHaveURL(/\/doors\/[0-9a-f-]{36}$/);
  });
});
