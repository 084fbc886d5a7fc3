import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PairRequest } from '@munjigi/contracts';
import { AgentTlsOptions } from '../../platform/realtime/agent-tls';
import { deviceCertificate } from '../../testing/device-certificate';
import { TestAgent } from '../../testing/test-agent';
import { TestDevice } from '../../testing/test-device';
import { TestServer } from '../../testing/test-server';
import { TLS_PAIR } from '../../testing/tls-pair';

const folder = mkdtempSync(join(tmpdir(), 'munjigi-agent-tls-'));
const certificateFile = join(folder, 'server.crt');
const keyFile = join(folder, 'server.key');
const ca = TLS_PAIR.cert;
let server: TestServer;
let url: string;
const agents: TestAgent[] = [];

beforeAll(async () => {
  writeFileSync(certificateFile, TLS_PAIR.cert);
  writeFileSync(keyFile, TLS_PAIR.key);
  const agentTls = new AgentTlsOptions({ host: '127.0.0.1', port: 0, certificateFile, keyFile }, true);
  server = await (await TestServer.start({ agentTls })).signIn();
  url = server.running.agentUrl ?? '';
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => agents.splice(0).forEach((agent) => agent.close()));

const keep = (agent: TestAgent): TestAgent => (agents.push(agent), agent);

async function makeDoor(): Promise<{ id: string; token: string; code: string }> {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Behind TLS' } });
  const id = body.door.id as string;
  const { body: made } = await server.call('POST', `/api/doors/${id}/pairing-code`);
  return { id, token: body.agentToken as string, code: made.code as string };
}
async function pairedDoor() {
  const door = await makeDoor();
  const device = new TestDevice();
  expect(await device.pair(server, door.code)).toMatchObject({ status: 200 });
  return { door, device, tls: { ca, ...(await deviceCertificate(device.keyPair)) } };
}
function ask(path: string, body?: object): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(url + path, { ca, headers, method: body ? 'POST' : 'GET' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
    });
    sent.on('error', reject).end(body && JSON.stringify(body));
  });
}

describe('the listener for doors', () => {
  it('lets a device in that shows its own key in the certificate, and proves it', async () => {
    const { device, tls } = await pairedDoor();
    const agent = keep(await device.connect(url, tls));
    expect(await agent.hello()).toMatchObject({ ok: true });
  });

  it.each([
    ['no certificate', () => Promise.resolve({})],
    ['the certificate of another key', () => deviceCertificate(new TestDevice().keyPair)],
    ['the certificate of another door', async () => (await pairedDoor()).tls],
  ])('refuses %s', async (_, certificate) => {
    const { device } = await pairedDoor();
    await expect(device.connect(url, { ca, ...(await certificate()) })).rejects.toThrow(
      'agent/wrong-certificate',
    );
  });

  it('refuses a certificate that is over', async () => {
    const { device } = await pairedDoor();
    const over = await deviceCertificate(device.keyPair, -1);
    await expect(device.connect(url, { ca, ...over })).rejects.toThrow('agent/wrong-certificate');
  });

  it('refuses a token, which names no key', async () => {
    const { token } = await makeDoor();
    const certificate = await deviceCertificate(new TestDevice().keyPair);
    await expect(TestAgent.connectWith(url, { token }, { ca, ...certificate })).rejects.toThrow(
      'agent/wrong-certificate',
    );
  });

  it('ends the connection of a device that is revoked, and lets its certificate in no more', async () => {
    const { door, device, tls } = await pairedDoor();
    const agent = keep(await device.connect(url, tls));
    await agent.hello();
    const gone = new Promise((resolve) => agent.socket.once('disconnect', resolve));
    const revoked = await server.call('POST', `/api/doors/${door.id}/revoke-device`, { json: {} });
    expect(revoked.status).toBeLessThan(300);
    await gone;
    await expect(device.connect(url, tls)).rejects.toThrow('agent/unauthenticated');
  });

  it('takes a pairing, which has no key yet, and serves nothing else', async () => {
    const wrong = { code: 'abcdefgh', publicKey: 'A'.repeat(43), serverName: 'x', agentVersion: '1' };
    const pairing: PairRequest = { ...wrong, signature: 'A'.repeat(86) };
    expect(await ask('/api/agents/pair', pairing)).toMatchObject({
      status: 403,
      body: expect.stringContaining('pairing/wrong-code') as string,
    });
    expect((await ask('/api/health')).status).toBe(404);
    expect((await ask('/socket.io/?EIO=4&transport=polling')).status).toBe(404);
    expect((await ask('/')).status).toBe(404);
  });
});

describe('where that listener is required', () => {
  it('the other one lets no door in, neither by its key nor by its token', async () => {
    const { device } = await pairedDoor();
    await expect(device.connect(server.url)).rejects.toThrow('agent/tls-required');
    const { token } = await makeDoor();
    await expect(TestAgent.connect(server.url, token)).rejects.toThrow('agent/tls-required');
  });
});
