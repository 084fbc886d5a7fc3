import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IdentityFile, identityPath } from '../adapters/store/identity-file';
import { readPairing } from '../config';
import { KeyServer, type Loss } from '../testing/key-server';
import { runProgram, type RunningProgram } from '../testing/run-program';
import { TLS_PAIR } from '../testing/tls-pair';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { pairCommand } from './pair-command';
import { pairDevice } from './pair-device';

const newDirectory = temporaryDirectories();
let server: KeyServer;
let url: string;
let directory: string;
const programs: RunningProgram[] = [];

beforeEach(async () => {
  server = new KeyServer();
  url = await server.start();
  directory = newDirectory();
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
  await server.stop();
  expect(server.early).toEqual([]);
  expect(server.tokens).toEqual([]);
});

const pair = (code = 'abcd-efgh') =>
  pairDevice({ serverUrl: url, code, identity: new IdentityFile(directory), agentVersion: '0.1.0' });
const run = () => {
  const program = runProgram('testing/paired-link.ts', { args: [directory, url] });
  programs.push(program);
  return program;
};

describe('pairing', () => {
  it('keeps a key that never leaves the device, for its owner alone', async () => {
    let printed = '';
    const args = ['--server', url, '--code', 'abcd-efgh', '--data', directory];
    expect(await pairCommand(args, readPairing({}), (text) => (printed += text))).toBe(0);
    const identity = new IdentityFile(directory);
    expect(identity.door).toEqual({ doorId: server.doorId, serverId: server.serverId, serverUrl: url });
    expect(identity.keys.map(({ fingerprint }) => fingerprint)).toEqual([...server.keys.keys()]);
    expect(printed).toContain(identity.keys[0]?.fingerprint);
    expect(statSync(identityPath(directory)).mode & 0o777).toBe(0o600);
  });

  it('says what is wrong, and is not paired then', async () => {
    let printed = '';
    const print = (text: string) => (printed += text);
    const settings = readPairing({ MUNJIGI_SERVER_URL: url, MUNJIGI_DATA: directory });
    expect(await pairCommand(['--code', 'wrong-one'], settings, print)).toBe(1);
    expect(printed).toBe('No.\n');
    expect(await pairCommand(['--code'], settings, print)).toBe(64);
    expect(new IdentityFile(directory).door).toBeNull();
  });

  it('whose answer was lost goes on with the same key', async () => {
    server.pairingAnswersToLose = 1;
    await expect(pair()).rejects.toMatchObject({ code: 'pairing/unreachable' });
    const [known] = [...server.keys.keys()];
    await pair();
    expect([...server.keys.keys()]).toEqual([known]);
    expect(server.pairings).toBe(2);
  });
});

describe('a paired device', () => {
  it('signs nothing for another server', async () => {
    await pair();
    server.serverId = '5f0f1a9e-6f6d-4a3e-9d55-2b1f6f7a9c01';
    const program = run();
    await until(() => program.lines.some(({ code }) => code === 'uplink/other-server'), {
      timeoutMs: 20_000,
    });
    expect(server.proved).toEqual([]);
  });

  it.each<Loss>(['before', 'after'])(
    'killed while it changes its key, %s the server kept the new one, connects again, by the new one',
    async (loss) => {
      await pair();
      const [old] = [...server.keys.keys()];
      const first = run();
      await until(() => server.proved.length === 1, { what: first.stderr(), timeoutMs: 20_000 });
      await until(() => first.lines.some(({ msg }) => msg === 'linked to the server'));
      server.loses = loss;
      server.renew();
      await until(() => server.announced.length === 1);
      await first.kill();
      const kept = readFileSync(identityPath(directory), 'utf8');
      expect(new IdentityFile(directory).keys).toHaveLength(2);

      run();
      await until(() => server.keys.size === 1 && !server.keys.has(old ?? ''), { timeoutMs: 20_000 });
      await until(() => new IdentityFile(directory).next === null);
      const [present] = new IdentityFile(directory).keys;
      expect([...server.keys.keys()]).toEqual([present?.fingerprint]);
      // No third key was made on the way.
      expect(new Set(server.announced)).toEqual(new Set([present?.publicKey]));
      expect(kept).toContain(JSON.parse(readFileSync(identityPath(directory), 'utf8')).key as string);
    },
  );
});

describe('a device whose server speaks TLS', () => {
  let caFile: string;
  beforeEach(async () => {
    await server.stop();
    server = new KeyServer(TLS_PAIR);
    url = await server.start();
    caFile = join(directory, 'server-ca.pem');
    writeFileSync(caFile, TLS_PAIR.cert);
  });

  it('pairs with no server that is not vouched for', async () => {
    await expect(pair()).rejects.toMatchObject({ code: 'pairing/unreachable' });
    expect(server.pairings).toBe(0);
  });

  it('shows a certificate of the key that it proves, also of a new one', async () => {
    const print: string[] = [];
    const settings = readPairing({ MUNJIGI_SERVER_CA_FILE: caFile });
    const args = ['--server', url, '--code', 'abcd-efgh', '--data', directory];
    expect(await pairCommand(args, settings, (text) => print.push(text))).toBe(0);
    const link = runProgram('testing/paired-link.ts', { args: [directory, url, caFile] });
    programs.push(link);
    const isLinked = () => link.lines.some(({ msg }) => msg === 'linked to the server');
    await until(isLinked, { timeoutMs: 20_000 });
    server.renew();
    await until(() => server.proved.length === 2, { timeoutMs: 20_000 });
    expect(new Set(server.proved).size).toBe(2);
    expect(server.certified).toEqual(server.proved);
  });
});
