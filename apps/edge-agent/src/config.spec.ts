import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doorSettingsSchema } from '@munjigi/contracts';
import { CHAIN_DEFAULTS } from '@munjigi/face-core';
import { ConfigError, readConfig } from './config';
import { passwordPath, setPagePassword } from './page/page-password';
import { TLS_PAIR } from './testing/tls-pair';
import { temporaryDirectories } from './testing/temp-directory';

const newDirectory = temporaryDirectories();
const enough = {
  MUNJIGI_SERVER_URL: 'http://127.0.0.1:3000',
  MUNJIGI_AGENT_TOKEN: 't',
  MUNJIGI_VIDEO: 'door.mp4',
};

function problemsOf(environment: NodeJS.ProcessEnv): ConfigError['problems'] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('a door', () => {
  it('looks and decides by default as recordings are measured by default', () => {
    const { framesPerSecondMax } = readConfig(enough);
    const { faceSizeMinPx, framesToDecide, marginMin } = doorSettingsSchema.parse({});
    expect({ framesPerSecondMax, faceSizeMinPx, framesToDecide, marginMin }).toEqual(CHAIN_DEFAULTS);
  });
});

describe('readConfig', () => {
  it('fills in the defaults', () => {
    expect(readConfig({ ...enough, MUNJIGI_MODEL: '', PATH: '/bin' })).toMatchObject({
      dataDirectory: './data/agent',
      videoLoop: false,
      framesPerSecondMax: 10,
      modelId: 'mobilefacenet-192',
      threads: 1,
      ffmpegPath: null,
      searchPath: '/bin',
      logLevel: 'info',
    });
  });

  it('takes what is given', () => {
    const more = { MUNJIGI_VIDEO_LOOP: 'true', MUNJIGI_FRAMES_PER_SECOND_MAX: '7.5', MUNJIGI_THREADS: '2' };
    expect(readConfig({ ...enough, ...more, FFMPEG_PATH: '/opt/ffmpeg' })).toMatchObject({
      videoLoop: true,
      framesPerSecondMax: 7.5,
      threads: 2,
      ffmpegPath: '/opt/ffmpeg',
    });
  });

  it('says how the door is wired, and what is wrong with that, without what its file says', () => {
    const path = join(newDirectory(), 'door.json');
    writeFileSync(path, '{"kind":"gpio","chip":"gpiochip0","relay":{"line":17}}');
    const wired = { ...enough, MUNJIGI_DOOR_FILE: path };
    expect(readConfig(wired).door).toMatchObject({ kind: 'gpio', relay: { line: 17, activeLow: false } });
    expect(readConfig(enough).door).toEqual({ kind: 'simulated' });
    writeFileSync(path, '{"kind":"http","auth":{"kind":"bearer","token":"open-sesame"}}');
    expect(problemsOf(wired)).toContainEqual({
      variable: 'MUNJIGI_DOOR_FILE',
      problem: expect.stringMatching(/^unlock: /) as string,
    });
    expect(JSON.stringify(problemsOf(wired))).not.toContain('sesame');
  });

  it('listens to no watchdog that is another process’s', () => {
    const run = { ...enough, NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '90000000' };
    expect(readConfig(run).supervisor).toEqual({ socket: '/run/notify', patienceMs: 90_000 });
    expect(readConfig({ ...run, WATCHDOG_PID: '1' }).supervisor).toMatchObject({ patienceMs: null });
    expect(readConfig(enough).supervisor).toBeNull();
  });

  it('tells all problems at once', () => {
    const token = join(newDirectory(), 'no-such-token');
    const problems = problemsOf({
      MUNJIGI_SERVER_URL: 'ftp://server',
      MUNJIGI_AGENT_TOKEN_FILE: token,
      MUNJIGI_VIDEO_LOOP: 'perhaps',
      MUNJIGI_THREADS: '0',
      MUNJIGI_MODEL: '../../etc/passwd',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map(({ variable }) => variable).sort()).toEqual([
      'LOG_LEVEL',
      'MUNJIGI_AGENT_TOKEN_FILE',
      'MUNJIGI_MODEL',
      'MUNJIGI_SERVER_URL',
      'MUNJIGI_THREADS',
      'MUNJIGI_VIDEO_LOOP',
    ]);
  });

  it.each([
    ['no token', { ...enough, MUNJIGI_AGENT_TOKEN: undefined }],
    ['a token and a file', { ...enough, MUNJIGI_AGENT_TOKEN_FILE: __filename }],
  ])('wants one token: %s', (_, environment) => {
    expect(problemsOf(environment)).toMatchObject([{ variable: 'MUNJIGI_AGENT_TOKEN' }]);
  });

  it('reads the token from its file anew each time, without the line’s end', async () => {
    const path = join(newDirectory(), 'token');
    writeFileSync(path, 'first\n');
    const { readToken } = readConfig({ ...enough, MUNJIGI_AGENT_TOKEN: '', MUNJIGI_AGENT_TOKEN_FILE: path });
    expect(await readToken()).toBe('first');
    writeFileSync(path, 'second\n');
    expect(await readToken()).toBe('second');
  });

  it('reads who vouches for the server, and says where that is no certificate', () => {
    const path = join(newDirectory(), 'ca.pem');
    writeFileSync(path, TLS_PAIR.cert);
    expect(readConfig({ ...enough, MUNJIGI_SERVER_CA_FILE: path }).serverCa).toBe(TLS_PAIR.cert);
    expect(readConfig(enough).serverCa).toBeNull();
    writeFileSync(path, 'trust me');
    expect(problemsOf({ ...enough, MUNJIGI_SERVER_CA_FILE: path })).toMatchObject([
      { variable: 'MUNJIGI_SERVER_CA_FILE' },
    ]);
  });

  it('does not show a token in its problems', () => {
    const problems = problemsOf({ ...enough, MUNJIGI_AGENT_TOKEN: 'secret'.repeat(100) });
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });

  it('lets a door stand alone where it has a page, and not where it has none', () => {
    expect(readConfig({ MUNJIGI_PAGE_PORT: '8080' })).toMatchObject({
      serverUrl: null,
      page: { address: '127.0.0.1', port: 8080, passwordHash: null },
    });
    expect(problemsOf({})).toMatchObject([{ variable: 'MUNJIGI_SERVER_URL' }]);
    const code = { MUNJIGI_PAGE_PORT: '8080', MUNJIGI_PAIRING_CODE: 'abcd-efgh' };
    expect(problemsOf(code)).toMatchObject([{ variable: 'MUNJIGI_SERVER_URL' }]);
  });

  it('shows the page to others with a password alone', async () => {
    const open = {
      ...{ MUNJIGI_PAGE_PORT: '8080', MUNJIGI_PAGE_ADDRESS: '0.0.0.0', MUNJIGI_DATA: newDirectory() },
    };
    expect(problemsOf(open)).toMatchObject([{ variable: 'MUNJIGI_PAGE_ADDRESS' }]);
    await setPagePassword(open.MUNJIGI_DATA, 'two quiet cranes');
    expect(readConfig(open).page?.passwordHash).toMatch(/^scrypt\$/);
    writeFileSync(passwordPath(open.MUNJIGI_DATA), 'two quiet cranes');
    expect(problemsOf(open)).toMatchObject([{ variable: 'MUNJIGI_PAGE_PORT' }]);
  });
});
