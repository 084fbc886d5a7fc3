import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer as createSecureServer } from 'node:tls';
import { Aedes } from 'aedes';
import { readableLog } from '../../testing/log-lines';
import { RecordingSink } from '../../testing/recording-sink';
import { temporaryDirectories } from '../../testing/temp-directory';
import { TLS_PAIR } from '../../testing/tls-pair';
import { until } from '../../testing/until';
import { mqttConfigSchema } from './hardware-config';
import { MqttDoor } from './mqtt-door';

interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  readonly qos: number;
}

const newDirectory = temporaryDirectories();
let broker: Aedes;
let server: Server;
let heard: Heard[];
let door: MqttDoor;
let sink: RecordingSink;

beforeEach(async () => {
  heard = [];
  broker = await Aedes.createBroker();
  broker.authenticate = (_, user, password, done) =>
    done(null, user === 'door' && password?.toString() === 'secret');
  broker.on('publish', ({ topic, payload, retain, qos }) => {
    if (!topic.startsWith('$SYS')) heard.push({ topic, payload: payload.toString(), retain, qos });
  });
  server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = mqttConfigSchema.parse({
    ...{ kind: 'mqtt', url: `mqtt://127.0.0.1:${port}`, user: 'door', password: 'secret' },
    ...{ relay: { topic: 'gate/relay' }, stateTopic: 'gate/lock', timeoutMs: 300 },
    inputs: { position: { topic: 'gate/contact' } },
    availability: { topic: 'gate/availability' },
  });
  door = new MqttDoor({ config, log: readableLog().log });
  sink = new RecordingSink();
  door.start(sink);
  await until(() => sink.faults.at(-1) === null);
  heard = [];
});
afterEach(async () => {
  await door.close();
  await new Promise<void>((resolve) => broker.close(() => resolve()));
  await new Promise((resolve) => server.close(resolve));
});

const tell = (payload: string, more: { topic?: string; retain?: boolean } = {}) =>
  new Promise<void>((resolve, reject) =>
    broker.publish(
      { cmd: 'publish', topic: 'gate/contact', payload, qos: 1, retain: false, dup: false, ...more },
      (error) => (error ? reject(error) : resolve()),
    ),
  );
const client = () =>
  Object.values(
    (broker as unknown as { clients: Record<string, { conn: { destroy(): void } }> }).clients,
  )[0]!;

describe('MqttDoor', () => {
  it('moves its relay with confirmed messages, and retains only to lock', async () => {
    await door.setRelay('energised');
    await door.setRelay('released');
    expect(heard).toEqual([
      { topic: 'gate/relay', payload: 'ON', retain: false, qos: 1 },
      { topic: 'gate/lock', payload: 'unlocked', retain: true, qos: 1 },
      { topic: 'gate/relay', payload: 'OFF', retain: true, qos: 1 },
      { topic: 'gate/lock', payload: 'locked', retain: true, qos: 1 },
    ]);
  });

  it('is locked by the broker when it dies, tells its owner, and comes back locked', async () => {
    await door.setRelay('energised');
    heard = [];
    client().conn.destroy();
    await until(() => heard.some(({ payload, retain }) => payload === 'OFF' && retain));
    await until(() => sink.losses.length === 1);
    expect(sink.faults.at(-1)).toMatch(/is not reached/);
    expect(sink.contacts.at(-1)).toEqual(['position', null]);
    await until(() => sink.faults.at(-1) === null);
    expect(heard.map(({ payload }) => payload)).not.toContain('ON');
    await door.setRelay('energised');
  });

  it('fails when the broker does not confirm, and does not unlock late', async () => {
    broker.authorizePublish = (_, packet, done) => packet.payload.toString() !== 'ON' && done(null);
    await expect(door.setRelay('energised')).rejects.toThrow('No answer in time');
    await until(() => sink.faults.at(-1) === null);
    broker.authorizePublish = (_, __, done) => done(null);
    await door.setRelay('released');
    expect(heard.map(({ payload }) => payload)).not.toContain('ON');
  });

  it('forgets its contacts, and says so, when the lock behind the broker is gone', async () => {
    await tell('CLOSED');
    await tell('offline', { topic: 'gate/availability' });
    await until(() => sink.faults.at(-1) === 'The lock is not connected to its broker.');
    expect(sink.contacts).toEqual([
      ['position', true],
      ['position', null],
    ]);
    await tell('online', { topic: 'gate/availability' });
    await until(() => sink.faults.at(-1) === null);
  });

  it('reads contacts, also one that was told before it came, and believes no nonsense', async () => {
    await tell('CLOSED', { retain: true });
    await tell('OPEN');
    await tell('ajar');
    await until(() => sink.contacts.length === 3);
    expect(sink.contacts).toEqual([
      ['position', true],
      ['position', false],
      ['position', null],
    ]);
  });

  it('does not move, and keeps nothing for later, while the broker is away', async () => {
    broker.authenticate = (_, __, ___, done) => done(null, false);
    client().conn.destroy();
    await until(() => sink.faults.some((fault) => fault !== null));
    await expect(door.setRelay('energised')).rejects.toThrow('not connected');
    await expect(door.setRelay('released')).rejects.toThrow('not connected');
  });

  it('speaks TLS with a broker whose certificate it was told of, and with no other', async () => {
    const secure = createSecureServer(TLS_PAIR, broker.handle);
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const caFile = join(newDirectory(), 'broker-ca.pem');
    writeFileSync(caFile, TLS_PAIR.cert);
    const open = async (more: object): Promise<string | null> => {
      const url = `mqtts://127.0.0.1:${(secure.address() as AddressInfo).port}`;
      const who = { user: 'door', password: 'secret' };
      const config = mqttConfigSchema.parse({ kind: 'mqtt', url, ...who, relay: { topic: 'r' }, ...more });
      const other = new MqttDoor({ config, log: readableLog().log });
      const told = new RecordingSink();
      other.start(told);
      await until(() => told.faults.length > 0);
      await other.close();
      return told.faults[0]!;
    };
    await expect(open({})).resolves.toMatch(/is not reached.*self-signed certificate/);
    await expect(open({ caFile })).resolves.toBeNull();
    await new Promise((resolve) => secure.close(resolve));
  });
});
