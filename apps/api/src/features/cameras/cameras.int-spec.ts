import { doorCameraSchema, type CameraSettings } from '@munjigi/contracts';
import { SecretWork } from '../secrets/secret-work';
import { TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { newId } from '../../platform/database/uuid';

const PASSWORD = 'Tr0ub4dor-camera';
const RTSP = { kind: 'rtsp', address: '10.20.0.31', port: 8554, path: 'live', user: 'gate' };
const USB = { kind: 'usb', resolution: { width: 1280, height: 720 } };

let server: TestServer;
let door: { id: string; token: string };

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
  door = { id: body.door.id as string, token: body.agentToken as string };
});

const path = (id = door.id) => `/api/doors/${id}/camera`;
const put = (camera: object | null) => server.call('PUT', path(), { json: { camera } });
const withSource = (source: object) => put({ source });
async function shown() {
  return doorCameraSchema.parse((await server.call('GET', path())).body).camera;
}

/** What the door's own agent is sent. */
async function sent(capabilities = ['camera-settings']): Promise<CameraSettings | null> {
  const agent = await TestAgent.connect(server.url, door.token);
  await agent.hello({ capabilities });
  const page = await agent.pull(0);
  agent.close();
  if (!page.ok) throw new Error(page.error.message);
  const change = page.changes.find(({ kind }) => kind === 'door.put');
  return change?.kind === 'door.put' ? change.door.camera : null;
}

describe('the camera of a door', () => {
  it('is none until it is set, is set whole with its defaults, and is given up again', async () => {
    expect(await shown()).toBeNull();
    expect(await put({ source: USB, framesPerSecondMax: 30 })).toMatchObject({ status: 200 });
    expect(await shown()).toEqual({
      source: { ...USB, device: '/dev/video0' },
      ...{ framesPerSecondMax: 30, viewSize: '960x540', dnnResize: null, noticeFrozen: true },
    });
    expect(await sent()).toMatchObject({ source: { kind: 'usb', device: '/dev/video0' } });
    await put(null);
    expect(await shown()).toBeNull();
    expect(await sent()).toBeNull();
  });

  it('tells its password to the door’s own agent alone, and to no account, answer or dump', async () => {
    server.leaks.text('a camera’s password', PASSWORD);
    const answer = await withSource({ ...RTSP, password: PASSWORD });
    expect(answer).toMatchObject({ status: 200, body: { camera: { source: { hasPassword: true } } } });
    expect(JSON.stringify([answer.body, await shown()])).not.toContain(PASSWORD);
    expect(await sent()).toMatchObject({ source: { ...RTSP, password: PASSWORD } });
    expect(await sent([])).toBeNull();
    const rows = await server.dataSource.query('SELECT * FROM door_camera WHERE door_id = $1', [door.id]);
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(rows[0].sealed_password.toString('latin1')).not.toContain(PASSWORD);
    const [entry] = await server.dataSource.query(
      `SELECT action, before, after FROM audit_entry WHERE subject_id = $1 AND action = 'door/camera-changed'`,
      [door.id],
    );
    expect(entry).toMatchObject({
      before: { camera: null },
      after: { camera: { source: { address: RTSP.address } } },
    });
  });

  it('keeps a password that is not named for the same camera and user, and lets null take it away', async () => {
    await withSource({ ...RTSP, password: PASSWORD });
    await withSource({ ...RTSP, path: 'other' });
    expect(await sent()).toMatchObject({ source: { path: 'other', password: PASSWORD } });
    await withSource({ ...RTSP, password: null });
    expect(await shown()).toMatchObject({ source: { hasPassword: false } });
    expect(await sent()).toMatchObject({ source: { password: null } });
  });

  it.each([
    ['address', { address: '10.20.0.66' }],
    ['port', { port: 554 }],
    ['user', { user: 'somebody' }],
  ])('gives no password away by another %s', async (_, change) => {
    await withSource({ ...RTSP, password: PASSWORD });
    expect(await withSource({ ...RTSP, ...change })).toMatchObject({
      status: 400,
      body: { code: 'cameras/password-not-kept' },
    });
    expect(await sent()).toMatchObject({ source: RTSP });
  });

  it.each([
    ['an unknown source', { source: { kind: 'webcam' } }],
    ['an address with a password in it', { source: { ...RTSP, address: 'gate:secret@10.0.0.1' } }],
    ['a whole URL for a path', { source: { ...RTSP, path: 'rtsp://10.0.0.1/live' } }],
    ['a path with a line break', { source: { ...RTSP, path: 'live\r\nHost: x' } }],
    ['no port', { source: { ...RTSP, port: 0 } }],
    ['a file that is no device', { source: { ...USB, device: '/dev/../etc/passwd' } }],
    ['more frames than 30', { source: USB, framesPerSecondMax: 31 }],
    ['less than one frame', { source: USB, framesPerSecondMax: 0.5 }],
    ['a view of another size', { source: USB, viewSize: '1x1' }],
    ['a size that no decoder gives', { source: USB, dnnResize: { width: 641, height: 360 } }],
    ['a password without a user', { source: { ...RTSP, user: null, password: 'x' } }],
  ])('is refused: %s', async (_, camera) => {
    expect(await put(camera)).toMatchObject({ status: 400 });
    expect(await shown()).toBeNull();
  });

  it('is changed by nobody whose role only reads, and is nobody’s who is not signed in', async () => {
    const auditor = await server.as('auditor');
    expect(await auditor.call('PUT', path(), { json: { camera: null } })).toMatchObject({
      ...{ status: 403, body: { code: 'auth/forbidden' } },
    });
    expect(await auditor.call('GET', path())).toMatchObject({ status: 200 });
    expect(await server.callAnonymously('GET', path())).toMatchObject({ status: 401 });
    expect(await server.callAnonymously('PUT', path())).toMatchObject({ status: 401 });
  });

  it('is of a door that is there', async () => {
    expect(await server.call('GET', path(newId()))).toMatchObject({ status: 404 });
    expect(await server.call('PUT', path(newId()), { json: { camera: null } })).toMatchObject({
      status: 404,
    });
  });

  it('is part of what a door is compared by, and a password that is set anew is another', async () => {
    const etag = async () => {
      const agent = await TestAgent.connect(server.url, door.token);
      await agent.hello({ capabilities: ['camera-settings'] });
      const changes = await agent.pullAll();
      agent.close();
      return changes.flatMap((change) => (change.kind === 'door.put' ? [change.etag] : []))[0];
    };
    const etags = [await etag()];
    for (const source of [
      { ...RTSP, password: PASSWORD },
      { ...RTSP, path: 'other' },
      { ...RTSP, password: 'x' },
    ]) {
      await withSource(source);
      etags.push(await etag());
    }
    expect(new Set(etags).size).toBe(4);
    expect(await etag()).toBe(etags[3]);
    expect(etags[0]).toEqual(expect.any(String));
  });

  it('keeps its password when the master key is changed', async () => {
    await withSource({ ...RTSP, password: PASSWORD });
    expect((await server.call('POST', '/api/keys/rotations')).status).toBeLessThan(300);
    await server.running.app.get(SecretWork, { strict: false }).idle();
    expect((await server.call('GET', '/api/keys')).body.masterKeys).toHaveLength(1);
    expect(await sent()).toMatchObject({ source: { password: PASSWORD } });
  });
});
