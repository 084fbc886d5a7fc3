import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { defaultModelsDirectory, installDemoMedia, installModels } from '@munjigi/face-core';
import { readableLog } from '../testing/log-lines';
import { temporaryDirectories } from '../testing/temp-directory';
import { runDoctor } from './doctor';

const newDirectory = temporaryDirectories();

describe('the doctor', () => {
  let server: Server;
  beforeAll(async () => {
    await installModels({
      only: ['mtcnn-pnet', 'mtcnn-rnet', 'mtcnn-onet', 'mobilefacenet-192', 'fr-liveness'],
    });
    server = createServer((_, res) => res.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }, 120_000);
  afterAll(() => server.close());

  const examine = async (changes: NodeJS.ProcessEnv) => {
    const lines: string[] = [];
    const environment = {
      MUNJIGI_SERVER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      MUNJIGI_AGENT_TOKEN: 'mnj_agent_' + 'S'.repeat(43),
      MUNJIGI_DATA: join(newDirectory(), 'data'),
      MUNJIGI_MODELS: defaultModelsDirectory(),
      MUNJIGI_VIDEO: join((await installDemoMedia()).directory, 'franck.mp4'),
      PATH: process.env.PATH,
      ...changes,
    };
    const code = await runDoctor({ environment, print: (line) => lines.push(line), log: readableLog().log });
    expect(lines.join('\n')).not.toContain('SSSS');
    return { code, text: lines.join('\n') };
  };

  it('finds a machine well that has all a door needs', async () => {
    const { code, text } = await examine({});
    expect(text).toContain('This door can work.');
    expect(text).toMatch(/✓ camera +360x288/);
    expect(text).toMatch(/✓ decoder [^]* H\.264: [^]*HEVC: /);
    expect(text).toMatch(/✓ networks +mobilefacenet-192/);
    expect(code).toBe(0);
  });

  it('tells each fault and what to do about it', async () => {
    const { code, text } = await examine({
      MUNJIGI_MODELS: newDirectory(),
      FFMPEG_PATH: '/nonexistent/ffmpeg',
    });
    expect(code).toBe(1);
    expect(text).toContain('→ npm run models -- install');
    expect(text).toMatch(/✗ decoder/);
    expect(text).toMatch(/✓ server/);
  });

  it('examines what it can where settings are missing', async () => {
    const { code, text } = await examine({ MUNJIGI_SERVER_URL: '' });
    expect(code).toBe(1);
    expect(text).toMatch(/✗ settings[^]*MUNJIGI_SERVER_URL/);
    expect(text).toMatch(/✓ system/);
  });
});
