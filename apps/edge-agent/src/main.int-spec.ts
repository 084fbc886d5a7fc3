import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { InTestServer } from './testing/in-test-server';
import { processesOf } from './testing/processes-of';
import { openRealMedia, type RealMedia } from './testing/real-media';
import { runProgram, type RunningProgram } from './testing/run-program';
import { enrolment } from './testing/scripted-door';
import { temporaryDirectories } from './testing/temp-directory';
import { until } from './testing/until';

const newDirectory = temporaryDirectories();

describe('the agent’s process', () => {
  const running: RunningProgram[] = [];
  const run = (env: Record<string, string>): RunningProgram => {
    const program = runProgram('main.ts', { env: { HOME: process.env.HOME ?? '', ...env } });
    running.push(program);
    return program;
  };
  const exitCode = async ({ child }: RunningProgram): Promise<number | null> => {
    await until(() => child.exitCode !== null || child.signalCode !== null, {
      timeoutMs: 20_000,
      what: 'the exit',
    });
    return child.exitCode;
  };
  afterEach(async () => {
    for (const program of running.splice(0)) await program.kill();
  });

  it('ends with 78 and one line that names every problem of its configuration', async () => {
    const program = run({ MUNJIGI_THREADS: 'many', MUNJIGI_AGENT_TOKEN: 't' });
    expect(await exitCode(program)).toBe(78);
    expect(program.lines).toMatchObject([
      {
        level: 60,
        problems: [{ variable: 'MUNJIGI_THREADS' }, { variable: 'MUNJIGI_SERVER_URL' }],
      },
    ]);
  });

  it('ends with 78 for a model that nobody knows, and says which there are', async () => {
    const program = run({
      MUNJIGI_SERVER_URL: 'http://127.0.0.1:9',
      MUNJIGI_AGENT_TOKEN: 't',
      MUNJIGI_VIDEO: 'door.mp4',
      MUNJIGI_MODEL: 'no-such-model',
      MUNJIGI_DATA: newDirectory(),
    });
    expect(await exitCode(program)).toBe(78);
    expect(program.lines).toMatchObject([
      { code: 'models/unknown', reason: expect.stringContaining('mobilefacenet-192') },
    ]);
  });

  describe('on real video', () => {
    let media: RealMedia;
    let server: InTestServer;
    let environment: Record<string, string>;
    let video: string;
    const personId = uuidV7();

    beforeAll(async () => {
      media = await openRealMedia();
    }, 120_000);
    afterAll(() => media.close());
    beforeEach(async () => {
      server = new InTestServer();
      await server.start();
      server.change(...enrolment(personId, uuidV7(), await media.franckEmbedding()));
      video = join(newDirectory(), 'video of this test.mp4');
      symlinkSync(media.franckVideo, video);
      environment = {
        MUNJIGI_SERVER_URL: server.url,
        MUNJIGI_AGENT_TOKEN: server.token,
        MUNJIGI_DATA: newDirectory(),
        MUNJIGI_VIDEO: video,
        MUNJIGI_VIDEO_LOOP: 'true',
      };
    });
    afterEach(async () => {
      await server.stop();
      expect(server.violations).toEqual([]);
    });

    it('killed with -9 between an event and its acknowledgement, the event is in the account exactly once', async () => {
      server.acknowledgementsToLose = Number.POSITIVE_INFINITY;
      const killed = run(environment);
      const event = await until(() => [...server.stored.values()][0], {
        timeoutMs: 25_000,
        what: killed.stderr(),
      });
      await killed.kill();
      await until(() => processesOf(video) === 0, { what: 'ffmpeg to notice that nobody reads' });
      server.acknowledgementsToLose = 0;
      // As if the server had died as well, before it counted the event: the door must send it again.
      server.helloAcknowledges = 0;
      const pushesBefore = server.pushes.get(event.id)!;
      const again = run(environment);
      await until(() => again.lines.some(({ msg }) => msg === 'events acknowledged'), { timeoutMs: 25_000 });
      expect(server.pushes.get(event.id)).toBeGreaterThan(pushesBefore);
      expect([...server.stored.values()].filter(({ sequence }) => sequence === event.sequence)).toEqual([
        event,
      ]);
      expect(server.hellos.at(-1)!.outbox.epoch).toBe(server.hellos[0]!.outbox.epoch);
    }, 60_000);

    it('ends in order when it is told to', async () => {
      const program = run(environment);
      await until(() => program.lines.some(({ msg }) => msg === 'relay moved'), { timeoutMs: 25_000 });
      expect(await program.kill('SIGTERM')).toBe(0);
      expect(processesOf(video)).toBe(0);
      expect(program.lines.at(-1)).toMatchObject({ msg: 'agent stopped' });
      const moves = program.lines.filter(({ msg }) => msg === 'relay moved').map(({ relay }) => relay);
      expect(moves).toEqual(['energised', 'released']);
    }, 60_000);
  });
});
