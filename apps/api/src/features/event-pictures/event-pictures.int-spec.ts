import { createHash, randomBytes } from 'node:crypto';
import { imagesChunkAnswerSchema, imagesOfferAnswerSchema, type AccessEvent } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { AgentBench } from '../../testing/agent-bench';
import { makeEvent, type TestAgent } from '../../testing/test-agent';
import { Retention } from '../retention/retention';

const PART = 8_192;
const pictureOf = (sizeBytes: number): Buffer =>
  Buffer.concat([Buffer.of(0xff, 0xd8), randomBytes(sizeBytes - 2)]);
const hashOf = (jpeg: Buffer): string => createHash('sha256').update(jpeg).digest('base64url');

let bench: AgentBench;
let agent: TestAgent;
let doorId: string;
let siteId: string;
let kimId: string;

const rules = (list: readonly object[]) =>
  bench.server.call('PUT', '/api/settings/retention', { json: { rules: list } });
const settings = (change: object, id = doorId) =>
  bench.server.call('PATCH', `/api/doors/${id}`, { json: { settings: change } });
const post = (path: string, json: object) => bench.server.call('POST', path, { json });
const offer = async (jpeg: Buffer, by = agent) => {
  const images = [{ hash: hashOf(jpeg), sizeBytes: jpeg.length }];
  const answer = imagesOfferAnswerSchema.parse(await by.ask('images.offer', { v: 1, images }));
  return answer.ok ? answer.images[0] : answer.error.code;
};
const chunk = async (jpeg: Buffer, fromByte: number, more: object = {}) => {
  const bytes = jpeg.subarray(fromByte, fromByte + PART);
  const message = { v: 1, hash: hashOf(jpeg), sizeBytes: jpeg.length, fromByte, bytes, ...more };
  const answer = imagesChunkAnswerSchema.parse(await agent.ask('images.chunk', message));
  return answer.ok ? { state: answer.state, nextByte: answer.nextByte } : answer.error.code;
};
let sequence = 0;
/** Pushes a visit that names a picture. */
const visit = async (jpeg: Buffer, more: object = {}): Promise<string> => {
  const event = makeEvent(++sequence, { pictureHash: hashOf(jpeg), ...more });
  await agent.push([event]);
  return event.id;
};
const send = async (jpeg: Buffer): Promise<void> => {
  for (let from = 0; from < jpeg.length; from += PART) await chunk(jpeg, from);
};
const picture = (id: string) => bench.server.call('GET', `/api/events/${id}/picture`);
const urlOf = async (id: string): Promise<string | null> => {
  const { body } = await bench.server.call('GET', '/api/events?limit=200');
  return (body.items as AccessEvent[]).find((event) => event.id === id)!.pictureUrl;
};
const ofKim = { personId: '', reason: 'outside-schedule' };

beforeAll(async () => {
  bench = await AgentBench.start();
  const door = await bench.makeDoor();
  doorId = door.id;
  siteId = (await bench.readDoor(doorId)).site.id;
  agent = await bench.connect(door.token);
  expect(await agent.hello()).toMatchObject({ capabilities: expect.arrayContaining(['event-images']) });
  kimId = (await post('/api/people', { name: '김민지' })).body.id as string;
  ofKim.personId = kimId;
  await post('/api/consent-texts', { texts: { en: 'I agree.' } });
});
beforeEach(async () => {
  await rules([{ siteId: null, kind: 'image', days: 30 }]);
  await settings({ eventPictures: 'denied', unknownFacePictures: true });
});
afterAll(async () => {
  bench.closeAgents();
  await bench.close();
});

describe('the picture of a visit', () => {
  it('comes in parts, goes on where it was cut, and is shown with the event once it is whole', async () => {
    const jpeg = pictureOf(2 * PART + 100);
    const id = await visit(jpeg);
    expect(await offer(jpeg)).toEqual({ state: 'wanted', nextByte: 0 });
    expect(await chunk(jpeg, 0)).toEqual({ state: 'wanted', nextByte: PART });
    expect(await picture(id)).toMatchObject({ status: 404, body: { code: 'events/no-picture' } });
    expect(await urlOf(id)).toBeNull();

    expect(await offer(jpeg)).toEqual({ state: 'wanted', nextByte: PART });
    expect(await chunk(jpeg, 0)).toEqual({ state: 'wanted', nextByte: PART });
    await chunk(jpeg, PART);
    expect(await chunk(jpeg, 2 * PART)).toEqual({ state: 'stored', nextByte: jpeg.length });
    expect(await offer(jpeg)).toEqual({ state: 'stored', nextByte: jpeg.length });
    expect(await urlOf(id)).toBe(`/api/events/${id}/picture`);
    const shown = await picture(id);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(jpeg.equals(shown.body as Buffer)).toBe(true);
  });

  it('is nowhere in the database as it came', async () => {
    const jpeg = pictureOf(500);
    await visit(jpeg);
    await send(jpeg);
    const [row] = await bench.server.dataSource.query(
      'SELECT person_id, sealed_jpeg FROM event_picture WHERE hash = $1',
      [Buffer.from(hashOf(jpeg), 'base64url')],
    );
    expect(row.person_id).toBeNull();
    expect((row.sealed_jpeg as Buffer).includes(jpeg.subarray(0, 40))).toBe(false);
  });

  it('that is not what it was said to be is not kept, and may come again', async () => {
    const jpeg = pictureOf(500);
    const id = await visit(jpeg);
    expect(await chunk(jpeg, 0, { bytes: pictureOf(500) })).toBe('images/wrong-hash');
    expect(await picture(id)).toMatchObject({ status: 404 });
    expect(await chunk(jpeg, 0, { sizeBytes: 501 })).toEqual({ state: 'wanted', nextByte: 500 });
    expect(await chunk(jpeg, 500)).toBe('images/other-size');
  });

  it.each([
    ['that no event names', { pictureHash: null }, {}],
    ['where the door is to take none', {}, { eventPictures: 'none' }],
    ['of a grant where only denials are asked for', { outcome: 'granted', reason: 'matched' }, {}],
    ['of somebody unknown where that is not asked for', {}, { unknownFacePictures: false }],
    ['of somebody who is not here any more', { personId: newId() }, {}],
  ])('is refused: one %s', async (_, of, door) => {
    await settings(door);
    const jpeg = pictureOf(300);
    await visit(jpeg, of);
    expect(await offer(jpeg)).toEqual({ state: 'refused', nextByte: 0 });
    expect(await chunk(jpeg, 0)).toEqual({ state: 'refused', nextByte: 0 });
  });

  it('is refused where no rule says how long pictures are kept', async () => {
    await rules([]);
    const jpeg = pictureOf(300);
    await visit(jpeg);
    expect(await offer(jpeg)).toEqual({ state: 'refused', nextByte: 0 });
  });

  it('is refused of another door’s visit', async () => {
    const other = await bench.makeDoor();
    const stranger = await bench.connect(other.token);
    await stranger.hello();
    const jpeg = pictureOf(300);
    await visit(jpeg);
    expect(await offer(jpeg, stranger)).toEqual({ state: 'refused', nextByte: 0 });
  });

  it('of a person is kept while they consent, told of in their export, and gone when they withdraw', async () => {
    const jpeg = pictureOf(300);
    const id = await visit(jpeg, ofKim);
    await bench.server.call('PUT', '/api/settings/privacy', { json: { consent: 'required' } });
    expect(await offer(jpeg)).toMatchObject({ state: 'refused' });
    await post(`/api/people/${kimId}/consents`, { textVersion: 1, how: 'paper' });
    await send(jpeg);
    expect(await picture(id)).toMatchObject({ status: 200 });
    const { body } = await bench.server.call('GET', `/api/people/${kimId}/export?reason=asked`);
    expect(body.pictures).toMatchObject([{ kind: 'event', jpegBase64: jpeg.toString('base64') }]);
    await post(`/api/people/${kimId}/consents/withdrawal`, {});
    expect(await picture(id)).toMatchObject({ status: 404 });
    expect(await offer(jpeg)).toMatchObject({ state: 'refused' });
  });

  it('of a person is gone when they are erased', async () => {
    const { body: lee } = await post('/api/people', { name: 'Lee' });
    await post(`/api/people/${lee.id}/consents`, { textVersion: 1, how: 'paper' });
    const jpeg = pictureOf(300);
    const id = await visit(jpeg, { ...ofKim, personId: lee.id as string });
    await send(jpeg);
    expect(await picture(id)).toMatchObject({ status: 200 });
    await post(`/api/people/${lee.id}/erasure`, { reason: 'asked' });
    expect(await picture(id)).toMatchObject({ status: 404 });
    const [{ left }] = await bench.server.dataSource.query(
      'SELECT count(*)::int AS left FROM event_picture WHERE hash = $1',
      [Buffer.from(hashOf(jpeg), 'base64url')],
    );
    expect(left).toBe(0);
  });

  it('goes when the time of pictures is over, or that of the visit', async () => {
    const retention = bench.server.running.app.get(Retention, { strict: false });
    const old = new Date(Date.now() - 5 * 24 * 60 * 60_000).toISOString();
    for (const kind of ['image', 'event']) {
      const jpeg = pictureOf(300);
      const id = await visit(jpeg, { occurredAt: old });
      await send(jpeg);
      await rules([
        { siteId: null, kind: 'image', days: 30 },
        { siteId, kind, days: 3 },
      ]);
      expect(await picture(id)).toMatchObject({ status: 200 });
      await retention.run();
      const [{ left }] = await bench.server.dataSource.query(
        'SELECT count(*)::int AS left FROM event_picture WHERE hash = $1',
        [Buffer.from(hashOf(jpeg), 'base64url')],
      );
      expect([kind, left]).toEqual([kind, 0]);
      await rules([{ siteId: null, kind: 'image', days: 30 }]);
    }
  });

  it('is shown to nobody who may not see people, or not there', async () => {
    const jpeg = pictureOf(300);
    const id = await visit(jpeg);
    await send(jpeg);
    const path = `/api/events/${id}/picture`;
    expect(await (await bench.server.withoutRole()).call('GET', path)).toMatchObject({ status: 403 });
    const elsewhere = await bench.server.as('site-manager', await bench.server.makeSite());
    expect(await elsewhere.call('GET', path)).toMatchObject({ status: 403 });
    const here = await bench.server.as('site-manager', siteId);
    expect(await here.call('GET', path)).toMatchObject({ status: 200 });
    expect(await bench.server.callAnonymously('GET', path)).toMatchObject({ status: 401 });
    expect(await bench.server.call('GET', '/api/events/nonsense/picture')).toMatchObject({ status: 400 });
    expect(await picture(newId())).toMatchObject({ status: 404 });
  });
});
