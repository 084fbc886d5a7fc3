import { join } from 'node:path';
import { cameraSettingsSchema, type DecoderUse } from '@munjigi/contracts';
import { findFfmpeg } from '@munjigi/face-core';
import type { FrameSource } from '../../../ports/frame-source';
import { CollectingSink } from '../../../testing/collecting-sink';
import { DecoderPrograms } from '../../../testing/decoder-programs';
import { readableLog } from '../../../testing/log-lines';
import { makeVideo } from '../../../testing/make-video';
import { processesSay } from '../../../testing/processes-say';
import { RtspCamera } from '../../../testing/rtsp-camera';
import { temporaryDirectories } from '../../../testing/temp-directory';
import { until } from '../../../testing/until';
import { systemClock } from '../../clock/system-clock';
import { openCamera, toolsOf } from '../open-camera';

const newDirectory = temporaryDirectories();
const PLACES = { configuredPath: null, searchPath: process.env.PATH ?? '' };
const running: FrameSource[] = [];
let ffmpegPath: string;
let video: string;

const places = (programs: DecoderPrograms) => ({ configuredPath: null, searchPath: programs.searchPath });

function look(source: object, programs: DecoderPrograms) {
  const sink = new CollectingSink();
  const { log, lines } = readableLog('trace');
  const uses: (DecoderUse | null)[] = [];
  const opened = openCamera(
    cameraSettingsSchema.parse({ source, dnnResize: { width: 160, height: 160 }, framesPerSecondMax: 30 }),
    {
      ...{ ...toolsOf(places(programs), programs.devices), clock: systemClock, log },
      ...{ retry: { baseMs: 50, capMs: 100 }, onDecoder: (use: DecoderUse | null) => void uses.push(use) },
    },
  );
  running.push(opened);
  opened.start(sink);
  return { sink, lines, uses };
}

beforeAll(async () => {
  ffmpegPath = await findFfmpeg(PLACES);
  video = join(newDirectory(), 'a video.mp4');
  await makeVideo({ ffmpegPath, path: video, size: '320x240', encoder: 'libx264' });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((source) => source.stop()));
});

const newPrograms = (): DecoderPrograms => new DecoderPrograms(newDirectory(), ffmpegPath);

describe('the decoder of a kind of video', () => {
  it('is the processor where there is nothing else, and each reason is told', async () => {
    const { decoders } = toolsOf({ configuredPath: ffmpegPath, searchPath: '' }, newDirectory());
    const { decoder, notUsed } = await decoders.choose('h264');
    expect(decoder).toEqual({ kind: 'software', name: 'ffmpeg' });
    expect(notUsed).toEqual([
      { name: 'nvv4l2decoder', why: 'GStreamer (gst-launch-1.0) is not installed' },
      { name: 'h264_v4l2m2m', why: 'there is no device /dev/video*' },
      { name: 'cuda', why: 'there is no device /dev/nvidiactl' },
      { name: 'vaapi', why: 'there is no device /dev/dri/renderD*' },
    ]);
    expect(await decoders.anyHardware()).toBe(false);
  });

  it.each(['h264', 'hevc'] as const)(
    'is never one that a real ffmpeg lists and cannot use: %s',
    async (codec) => {
      const programs = newPrograms();
      programs.addGraphics();
      // Its device is there in name; the trial asks the machine's own driver.
      const tools = toolsOf({ configuredPath: ffmpegPath, searchPath: '' }, programs.devices);
      const { decoder, notUsed } = await tools.decoders.choose(codec);
      const vaapi = notUsed.find(({ name }) => name === 'vaapi');
      expect(decoder.name === 'vaapi' || vaapi?.why).toEqual(decoder.name === 'vaapi' || expect.any(String));
      expect(vaapi?.why).not.toMatch(/no device \/dev/);
    },
  );

  it.each(['h264', 'hevc'] as const)('is NVIDIA’s where it shows %s as it is', async (codec) => {
    const programs = newPrograms();
    programs.nvidia = 'works';
    const { decoders } = toolsOf(places(programs), programs.devices);
    expect((await decoders.choose(codec)).decoder.name).toBe('nvv4l2decoder');
    await decoders.choose(codec);
    expect(programs.nvidiaRuns).toHaveLength(1);
  });

  it('is the next that works where the first shows another picture', async () => {
    const programs = newPrograms();
    programs.nvidia = 'shows-green';
    programs.vaapi = 'works';
    programs.addGraphics();
    const { decoder, notUsed } = await toolsOf(places(programs), programs.devices).decoders.choose('h264');
    expect(decoder.name).toBe('vaapi');
    expect(notUsed[0]).toEqual({
      name: 'nvv4l2decoder',
      why: 'it shows another picture than there is',
    });
  });

  it('is the processor where all that is listed refuses', async () => {
    const programs = newPrograms();
    programs.addGraphics();
    const { decoder, notUsed } = await toolsOf(places(programs), programs.devices).decoders.choose('h264');
    expect(decoder.kind).toBe('software');
    expect(notUsed.map(({ why }) => why).join('\n')).toMatch(/nvhost-nvdec[^]*No VA display/);
  });
});

describe('a video that hardware decodes', () => {
  it.each(['nvidia', 'vaapi'] as const)('is shown by %s, and who shows it is told', async (which) => {
    const programs = newPrograms();
    programs.addGraphics();
    programs[which] = 'works';
    const { sink, lines, uses } = look({ kind: 'file', path: video, loop: false }, programs);
    await until(() => sink.frames.length > 5);
    expect(sink.frames[0]).toMatchObject({ width: 160, height: 120 });
    expect(sink.faults).toEqual([]);
    const name = which === 'nvidia' ? 'nvv4l2decoder' : 'vaapi';
    expect(uses).toMatchObject([{ name, isHardware: true }]);
    expect(lines.find(({ msg }) => msg === 'camera opened')?.decoder).toEqual(uses[0]);
  });

  it('that breaks midway is shown on by the processor at once, with no fault of the camera', async () => {
    const programs = newPrograms();
    programs.nvidia = 'breaks-midway';
    const { sink, lines, uses } = look({ kind: 'file', path: video, loop: true }, programs);
    await until(() => uses.length > 1 && sink.frames.length > 10);
    expect(sink.faults).toEqual([]);
    expect(uses.map((use) => use?.name).slice(0, 2)).toEqual(['nvv4l2decoder', 'ffmpeg']);
    expect(uses[1]?.notUsed).toEqual([
      { name: 'nvv4l2decoder', why: 'it broke while it showed this camera' },
    ]);
    const warning = lines.find(({ msg }) => msg === 'decoder broke: another takes its place');
    expect(warning?.reason).toMatch(/NVDEC timed out/);
  });
});

describe('a network camera that hardware decodes', () => {
  const AUTH = { user: 'gatekeeper', password: 'Tr0ub4dor&3 "x\\' };
  let camera: RtspCamera;
  beforeAll(async () => {
    camera = await RtspCamera.start(ffmpegPath);
    camera.auth = AUTH;
  });
  afterAll(() => camera.stop());

  it('is asked by us, so that no program and no log learns who asks; cut, it is told as a fault', async () => {
    const programs = newPrograms();
    programs.nvidia = 'works';
    const { port } = camera;
    const source = { kind: 'rtsp', address: '127.0.0.1', port, path: 'live', transport: 'tcp', ...AUTH };
    const { sink, lines, uses } = look(source, programs);
    await until(() => sink.frames.length > 5);
    expect(uses).toMatchObject([{ name: 'nvv4l2decoder', isHardware: true }]);
    const told = processesSay() + JSON.stringify(lines) + programs.nvidiaRuns.join('\n');
    expect(told).toContain('location=rtsp://127.0.0.1:');
    for (const secret of [AUTH.password, AUTH.user, 'Tr0ub4dor']) expect(told).not.toContain(secret);
    await camera.cut();
    await until(() => sink.faults.length > 0);
    expect(sink.kinds[0]).toBe('no-picture');
    await camera.listen();
    const before = sink.frames.length;
    await until(() => sink.frames.length > before);
    expect(uses.at(-1)).toMatchObject({ name: 'nvv4l2decoder' });
  });
});
