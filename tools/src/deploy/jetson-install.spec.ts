import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../system/paths';

const SCRIPT = join(REPOSITORY, 'deploy', 'jetson', 'install.sh');

describe('the installation of a door', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'munjigi-install-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  const install = (...options: string[]) => spawnSync('bash', [SCRIPT, ...options], { encoding: 'utf8' });
  const modeOf = (path: string) => statSync(join(root, path)).mode & 0o777;

  it('lays its files where they belong, with the rights that they should have', () => {
    expect(install('--into', root)).toMatchObject({ status: 0, stderr: '' });
    expect(modeOf('etc/munjigi')).toBe(0o700);
    expect(modeOf('etc/munjigi/agent.env')).toBe(0o600);
    expect(modeOf('etc/systemd/system/munjigi-agent.service')).toBe(0o644);
    expect(modeOf('etc/udev/rules.d/99-munjigi.rules')).toBe(0o644);
  });

  it('leaves the settings of before as they are', () => {
    install('--into', root);
    const settings = join(root, 'etc/munjigi/agent.env');
    appendFileSync(settings, 'FFMPEG_PATH=/usr/bin/ffmpeg\n');
    expect(install('--into', root).status).toBe(0);
    expect(readFileSync(settings, 'utf8')).toContain('FFMPEG_PATH=/usr/bin/ffmpeg');
  });

  it('says what is wrong with an option that it does not know', () => {
    expect(install('--force')).toMatchObject({ status: 64, stderr: expect.stringContaining('--force') });
  });

  it('runs the program that the build makes, with settings that the agent reads', () => {
    const unit = readFileSync(join(REPOSITORY, 'deploy/jetson/munjigi-agent.service'), 'utf8');
    expect(unit).toContain('apps/edge-agent/dist/main.js');
    expect(unit).toMatch(/^Type=notify$/m);
    expect(unit).toMatch(/^NotifyAccess=all$/m);
    expect(unit).toMatch(/^WatchdogSec=\d+$/m);
    const config = readFileSync(join(REPOSITORY, 'apps/edge-agent/src/config.ts'), 'utf8');
    const example = readFileSync(join(REPOSITORY, 'deploy/jetson/agent.env.example'), 'utf8');
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(config).toContain(name);
  });
});
