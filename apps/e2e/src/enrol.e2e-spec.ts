import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { makeCameraClip } from './support/clip';
import { Desk } from './support/desk';
import { expectNoFaults, lookAt } from './support/looks';

const CONSENT = {
  ko: '얼굴 정보를 출입에 쓰는 데 동의합니다.',
  en: 'I agree that my face is used for access.',
};

test.describe.configure({ mode: 'serial' });

test.describe('a face before a camera', () => {
  const directory = mkdtempSync(join(tmpdir(), 'munjigi-camera-'));
  let desk: Desk | undefined;
  let page: Page;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    const clip = join(directory, 'face.mjpeg');
    await makeCameraClip(clip);
    desk = await Desk.start({
      flags: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${clip}`,
      ],
    });
    page = desk.page;
    await desk.post('/api/consent-texts', { texts: CONSENT });
  });

  test.afterAll(async () => {
    await desk?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('is enrolled at the administrator’s desk, the best picture of several', async () => {
    const id = await addPerson('Ada Anders');
    await page.request.post(`/api/people/${id}/consents`, { data: { textVersion: 1, how: 'paper' } });
    await page.goto(`/people/${id}`);
    await page.getByRole('button', { name: 'Use camera' }).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Picture taken')).toBeVisible({ timeout: 30_000 });
    await lookAt(page, 'enrol-webcam');
    await dialog.getByRole('button', { name: 'Use this picture' }).click();
    await expect(page.getByText('Ada Anders is enrolled')).toBeVisible();
    await expect(page.getByText('Best', { exact: true })).toBeVisible();
  });

  test('is enrolled by its owner, on their own phone, by an invitation that is used up', async () => {
    const id = await addPerson('한지우');
    await page.request.put('/api/settings/enrolment', {
      data: { ...(await (await page.request.get('/api/settings/enrolment')).json()), duplicates: 'off' },
    });
    await page.goto(`/people/${id}`);
    await page.getByRole('button', { name: 'Invite', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await lookAt(page, 'enrol-invite');

    const phone = await desk!.browser.newContext({ locale: 'ko-KR', viewport: { width: 390, height: 844 } });
    const theirs = await phone.newPage();
    await theirs.goto(link);
    await expect(theirs.getByRole('heading', { name: '한지우 님, 안녕하세요' })).toBeVisible();
    await expect(theirs.getByText(CONSENT.ko)).toBeVisible();
    await expectNoFaults(theirs);
    await theirs.getByLabel('읽었고 동의합니다').check();
    await theirs.getByRole('button', { name: '카메라로 계속' }).click();
    await expect(theirs.getByText('사진을 찍었어요')).toBeVisible({ timeout: 30_000 });
    await expectNoFaults(theirs);
    await theirs.getByRole('button', { name: '이 사진 보내기' }).click();
    await expect(theirs.getByText('등록을 마쳤어요')).toBeVisible();
    await theirs.reload();
    await expect(theirs.getByText('이 링크는 쓸 수 없어요.')).toBeVisible();
    await phone.close();

    const consents = await (await page.request.get(`/api/people/${id}/consents`)).json();
    expect(consents.items).toMatchObject([{ how: 'invitation', textVersion: 1 }]);
  });

  async function addPerson(name: string): Promise<string> {
    return (await desk!.post('/api/people', { name })).id;
  }
});
