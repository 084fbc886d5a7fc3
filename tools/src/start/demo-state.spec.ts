import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStartConfig } from './config';
import { readDemoState, writeDemoState } from './demo-state';

describe('the demo’s memory', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'munjigi-demo-'));
    file = join(directory, 'deep', 'demo.json');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('makes another password on every first start', () => {
    const first = readDemoState(file, undefined).adminPassword;
    expect(first.length).toBeGreaterThanOrEqual(12);
    expect(readDemoState(file, undefined).adminPassword).not.toBe(first);
  });

  it('gives back what was written, in a file that only its owner reads', () => {
    const state = {
      adminPassword: 'secret-secret',
      doors: { front: { id: 'a', token: 'b' } },
      enrolled: true,
    };
    writeDemoState(file, state);
    expect(readDemoState(file, undefined)).toEqual(state);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('prefers the password that it is given', () => {
    writeDemoState(file, { adminPassword: 'old-password', doors: {}, enrolled: false });
    expect(readDemoState(file, 'new-password').adminPassword).toBe('new-password');
  });

  it('refuses a file that is not its own', () => {
    const other = join(directory, 'other.json');
    writeFileSync(other, '{"adminPassword": 7}');
    expect(() => readDemoState(other, undefined)).toThrow();
  });
});

describe('the demo’s settings', () => {
  it('have defaults', () => {
    expect(readStartConfig({})).toMatchObject({
      port: 3000,
      adminEmail: 'admin@munjigi.local',
      adminPassword: undefined,
    });
  });

  it('name every problem at once', () => {
    const read = () => readStartConfig({ PORT: '99999', MUNJIGI_ADMIN_EMAIL: 'nobody', MUNJIGI_BUILD: '1' });
    expect(read).toThrow(/PORT/);
    expect(read).toThrow(/MUNJIGI_ADMIN_EMAIL/);
    expect(read).toThrow(/MUNJIGI_BUILD/);
  });
});
