import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, SETTINGS } from './config';
import { StartError } from './platform/errors/start-error';

function refusalOf(environment: NodeJS.ProcessEnv): StartError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof StartError) return error;
  }
  throw new Error('the configuration was not refused');
}

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDirectory: `${process.cwd()}/data`,
      databaseUrl: undefined,
      modelId: 'mobilefacenet-192',
      auth: { sessionMs: 43_200_000, sessionIdleMs: 7_200_000, stepUpMs: 900_000, publicUrl: undefined },
    });
  });

  it('takes an empty variable as unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '', MUNJIGI_ADMIN_PASSWORD: '' }).port).toBe(3000);
  });

  it('lowers the administrator’s address, as signing in does', () => {
    expect(loadConfig({ MUNJIGI_ADMIN_EMAIL: 'Admin@Example.COM' }).firstAdministrator.email).toBe(
      'admin@example.com',
    );
  });

  it('names every problem at once, with exit code 78', () => {
    const refusal = refusalOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      MUNJIGI_ADMIN_EMAIL: 'nobody',
      MUNJIGI_ADMIN_PASSWORD: 'short',
      MUNJIGI_CONSOLE_URL: 'localhost:3001',
      MUNJIGI_TEMPLATE_KEY: 'AAAA',
      MUNJIGI_MODEL: 'Not A Model',
      MUNJIGI_SESSION_HOURS: '0',
      MUNJIGI_SESSION_IDLE_MINUTES: '1.5',
      MUNJIGI_STEP_UP_MINUTES: '121',
      MUNJIGI_PUBLIC_URL: 'munjigi.example',
      LOG_LEVEL: 'loud',
    });
    expect(refusal.exitCode).toBe(78);
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'MUNJIGI_ADMIN_EMAIL',
      'MUNJIGI_ADMIN_PASSWORD',
      'MUNJIGI_CONSOLE_URL',
      'MUNJIGI_TEMPLATE_KEY',
      'MUNJIGI_MODEL',
      'MUNJIGI_SESSION_HOURS',
      'MUNJIGI_SESSION_IDLE_MINUTES',
      'MUNJIGI_STEP_UP_MINUTES',
      'MUNJIGI_PUBLIC_URL',
      'LOG_LEVEL',
    ]) {
      expect(refusal.message).toContain(`  ${name}: `);
    }
  });

  it('does not repeat a secret that is wrong', () => {
    expect(refusalOf({ MUNJIGI_ADMIN_PASSWORD: 'hunter2' }).message).not.toContain('hunter2');
  });

  it.each(['-1', '3000x', '1e3', ' '])('refuses the port %p', (port) => {
    expect(refusalOf({ PORT: port }).message).toContain('PORT');
  });
});

describe('MUNJIGI_TRUSTED_PROXIES', () => {
  it.each(['loopback', 'uniquelocal, 10.1.0.0/16', '2001:db8::/32'])('may be %s', (list) => {
    expect(loadConfig({ MUNJIGI_TRUSTED_PROXIES: list }).trustedProxies).toBe(list);
  });

  it.each(['everybody', '10.0.0.0/99', 'true', '10.0.0.1;10.0.0.2'])('may not be %s', (list) => {
    expect(refusalOf({ MUNJIGI_TRUSTED_PROXIES: list }).message).toContain('must be addresses or networks');
  });
});

describe('MUNJIGI_CLUSTER', () => {
  it('needs a database that several can share', () => {
    expect(refusalOf({ MUNJIGI_CLUSTER: 'true' }).message).toContain('needs DATABASE_URL');
    expect(loadConfig({ MUNJIGI_CLUSTER: 'true', DATABASE_URL: 'postgres://db/x' }).clustered).toBe(true);
    expect(refusalOf({ MUNJIGI_CLUSTER: 'yes' }).message).toContain('must be true or false');
  });
});

describe('the listener for doors', () => {
  const all = {
    MUNJIGI_AGENT_TLS_PORT: '8443',
    MUNJIGI_AGENT_TLS_CERT_FILE: '/etc/tls.crt',
    MUNJIGI_AGENT_TLS_KEY_FILE: '/etc/tls.key',
  };

  it('is there where port, certificate and key are given, and can be required', () => {
    expect(loadConfig({}).agentTls).toMatchObject({ listener: null, required: false });
    expect(loadConfig({ ...all, MUNJIGI_AGENT_TLS_REQUIRED: 'true' }).agentTls).toEqual({
      listener: {
        ...{ host: '127.0.0.1', port: 8443 },
        ...{ certificateFile: '/etc/tls.crt', keyFile: '/etc/tls.key' },
      },
      required: true,
    });
  });

  it('cannot be half there, or required without being there', () => {
    for (const name of Object.keys(all))
      expect(refusalOf({ ...all, [name]: undefined }).message).toContain('need one another');
    expect(refusalOf({ MUNJIGI_AGENT_TLS_REQUIRED: 'true' }).message).toContain('no door could connect');
  });
});

describe('the settings', () => {
  const repository = join(__dirname, '..', '..', '..');
  const read = (path: string) => readFileSync(join(repository, path), 'utf8');

  it('are all in the operations guide', () => {
    const guide = read('docs/operations.md');
    expect(SETTINGS.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it('that the deployments name exist', () => {
    const files = readdirSync(join(repository, 'deploy'), { recursive: true, withFileTypes: true }).filter(
      // What a door's agent reads is its own configuration's.
      (entry) => entry.isFile() && !entry.parentPath.endsWith('jetson'),
    );
    const names = files.flatMap((entry) => [
      ...(readFileSync(join(entry.parentPath, entry.name), 'utf8').match(/\bMUNJIGI_[A-Z_]+/g) ?? []),
    ]);
    expect(names.length).toBeGreaterThan(10);
    // The name of the site belongs to the proxy.
    expect([...new Set(names)].filter((name) => !SETTINGS.includes(name))).toEqual(['MUNJIGI_DOMAIN']);
  });
});
