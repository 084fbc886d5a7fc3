import { floorPlanListSchema, floorPlanSchema } from '@munjigi/contracts';
import sharp from 'sharp';
import { newId } from '../../platform/database/uuid';
import { plainPicture } from '../../testing/test-pictures';
import { TestServer, type Caller } from '../../testing/test-server';

let server: TestServer;
let [siteId, doorId] = ['', ''];

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  [{ id: siteId }] = await server.dataSource.query('SELECT id FROM site');
  doorId = (await server.call('POST', '/api/doors', { json: { name: 'Front' } })).body.door.id;
});
afterAll(() => server.close());

interface Upload {
  readonly picture?: Uint8Array;
  readonly name?: string;
  readonly siteId?: string;
}

async function upload(changes: Upload = {}, caller: Pick<Caller, 'call'> = server) {
  const form = new FormData();
  const picture = changes.picture ?? (await plainPicture(400, 300));
  form.set('photo', new Blob([new Uint8Array(picture)]), 'plan.png');
  form.set('name', changes.name ?? `Floor ${newId()}`);
  form.set('siteId', changes.siteId ?? siteId);
  return caller.call('POST', '/api/floor-plans', { form });
}

describe('a floor plan', () => {
  it('is a picture that is made anew, with the doors that are placed on it', async () => {
    const made = await upload({ name: '1층' });
    expect(made.status).toBe(201);
    const plan = floorPlanSchema.parse(made.body);
    expect(plan).toMatchObject({ siteId, name: '1층', width: 400, height: 300, doors: [] });

    const places = { doors: [{ doorId, x: 0.25, y: 1 }] };
    const placed = await server.call('PUT', `/api/floor-plans/${plan.id}/doors`, { json: places });
    expect(placed).toMatchObject({ status: 200, body: places });
    const { body } = await server.call('GET', '/api/floor-plans');
    expect(floorPlanListSchema.parse(body).items.find(({ id }) => id === plan.id)).toMatchObject(places);

    const { origin } = new URL(server.url);
    const image = await fetch(origin + plan.imageUrl, { headers: { cookie: server.cookieHeader } });
    expect(image.headers.get('content-type')).toBe('image/jpeg');
    expect(await sharp(Buffer.from(await image.arrayBuffer())).metadata()).toMatchObject({
      ...{ format: 'jpeg', width: 400, height: 300 },
    });

    const patched = await server.call('PATCH', `/api/floor-plans/${plan.id}`, { json: { name: 'Ground' } });
    expect(patched).toMatchObject({ status: 200, body: { name: 'Ground', ...places } });
    expect((await server.call('DELETE', `/api/floor-plans/${plan.id}`)).status).toBe(204);
    expect((await server.call('GET', `/api/floor-plans/${plan.id}/image`)).status).toBe(404);
    const account = await server.call('GET', `/api/audit?subjectId=${plan.id}`);
    expect(account.body.items.map(({ action }: { action: string }) => action)).toEqual([
      ...['floor-plan/deleted', 'floor-plan/changed', 'floor-plan/changed', 'floor-plan/created'],
    ]);
  });

  it('refuses what is no picture, a drawing that could carry scripts, a name twice and a site that is not', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(await upload({ picture: svg })).toMatchObject({ status: 415 });
    const damaged = (await plainPicture(40, 30)).subarray(0, 60);
    expect(await upload({ picture: damaged })).toMatchObject({ status: 422 });
    expect(await upload({ name: '   ' })).toMatchObject({ status: 400 });
    expect((await upload({ name: 'Twice' })).status).toBe(201);
    expect(await upload({ name: 'Twice' })).toMatchObject({
      ...{ status: 409, body: { code: 'floor-plans/name-taken' } },
    });
    expect(await upload({ siteId: newId() })).toMatchObject({
      ...{ status: 422, body: { code: 'floor-plans/unknown-site' } },
    });
  });

  it('takes no door of another site, none twice and none outside the picture', async () => {
    const { body: plan } = await upload({ siteId: await server.makeSite('Busan') });
    const put = (doors: object[]) =>
      server.call('PUT', `/api/floor-plans/${plan.id}/doors`, { json: { doors } });
    const place = { doorId, x: 0.5, y: 0.5 };
    expect(await put([place])).toMatchObject({ status: 422, body: { code: 'floor-plans/door-elsewhere' } });
    expect(await put([place, place])).toMatchObject({ status: 400 });
    expect(await put([{ ...place, x: 1.01 }])).toMatchObject({ status: 400 });
  });

  it('is shown to those of its site, and changed by those who may change its doors', async () => {
    const { body: plan } = await upload();
    const stranger = await server.as('owner', await server.makeSite('Daegu'));
    expect((await stranger.call('GET', '/api/floor-plans')).body.items).toEqual([]);
    expect(await upload({}, stranger)).toMatchObject({ status: 403 });
    const guard = await server.as('operator', siteId);
    const seen = await guard.call('GET', '/api/floor-plans');
    expect(seen.body.items.map(({ id }: { id: string }) => id)).toContain(plan.id);
    expect((await guard.call('DELETE', `/api/floor-plans/${plan.id}`)).status).toBe(403);
    expect((await server.callAnonymously('GET', '/api/floor-plans')).status).toBe(401);
    expect((await server.call('PATCH', `/api/floor-plans/${newId()}`, { json: { name: 'X' } })).status).toBe(
      404,
    );
  });
});
