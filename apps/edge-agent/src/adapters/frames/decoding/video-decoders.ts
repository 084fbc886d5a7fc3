import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecoderUse } from '@munjigi/contracts';
import { outputOf, type Ffmpeg, type FfmpegTool } from '../ffmpeg-tool';
import type { GstreamerTool } from '../gstreamer-tool';
import type { VideoCodec } from './trial-clips';
import { tryDecoder } from './try-decoder';
import { SOFTWARE, type HardwareDecoder, type VideoDecoder } from './video-decoder';

/** Which decoder a kind of video gets, and why no other. */
export interface DecoderChoice {
  readonly decoder: VideoDecoder;
  readonly notUsed: DecoderUse['notUsed'];
}

/** What decoders are looked for with. */
export interface VideoDecodersOptions {
  readonly ffmpeg: FfmpegTool;
  readonly gstreamer: GstreamerTool;
  /** Where the machine's devices are. Default `/dev`. */
  readonly devices?: string;
}

/** The ways of ffmpeg, each with the device that it needs: without it nothing need be started to know. */
const ACCELERATIONS = [
  { name: 'cuda', device: /^nvidiactl$/, deviceName: 'nvidiactl' },
  { name: 'vaapi', device: /^renderD\d+$/, deviceName: 'dri/renderD*' },
] as const;

/**
 * Finds the hardware that decodes a kind of video, by trying: the first that shows a clip as it is. Each kind is looked
 * into once, until the agent restarts.
 */
export class VideoDecoders {
  readonly #options: VideoDecodersOptions;
  readonly #choices = new Map<VideoCodec, Promise<DecoderChoice>>();

  constructor(options: VideoDecodersOptions) {
    this.#options = options;
  }

  /** @throws {FaceCoreError} `video/no-ffmpeg` */
  choose(codec: VideoCodec): Promise<DecoderChoice> {
    const known = this.#choices.get(codec);
    if (known) return known;
    const choice = this.#choose(codec);
    this.#choices.set(codec, choice);
    // What could not be looked into is looked into again: ffmpeg may be installed meanwhile.
    choice.catch(() => this.#choices.delete(codec));
    return choice;
  }

  /** Whether any kind of video has hardware that decodes it. @throws {FaceCoreError} `video/no-ffmpeg` */
  async anyHardware(): Promise<boolean> {
    for (const codec of ['h264', 'hevc'] as const) {
      if ((await this.choose(codec)).decoder.kind !== 'software') return true;
    }
    return false;
  }

  async #choose(codec: VideoCodec): Promise<DecoderChoice> {
    const ffmpeg = await this.#options.ffmpeg.find();
    const notUsed: { name: string; why: string }[] = [];
    for (const find of this.#candidates(codec, ffmpeg)) {
      const found = await find();
      if ('decoder' in found) {
        const why = await tryDecoder(found.decoder, codec, ffmpeg);
        if (why === null) return { decoder: found.decoder, notUsed };
        notUsed.push({ name: found.decoder.name, why: why.slice(0, 300) });
      } else notUsed.push(found);
    }
    return { decoder: SOFTWARE, notUsed };
  }

  #candidates(codec: VideoCodec, ffmpeg: Ffmpeg): (() => Promise<Candidate>)[] {
    return [
      () => this.#nvidia(),
      () => this.#memoryToMemory(codec, ffmpeg),
      ...ACCELERATIONS.map((way) => () => this.#accelerated(way, ffmpeg)),
    ];
  }

  async #nvidia(): Promise<Candidate> {
    const { gstreamer } = this.#options;
    const name = 'nvv4l2decoder';
    const launcher = await gstreamer.launcher();
    if (launcher === null) return { name, why: 'GStreamer (gst-launch-1.0) is not installed' };
    if (!(await gstreamer.has(name))) return { name, why: 'this GStreamer has no such element' };
    return { decoder: { kind: 'gstreamer', name, launcher } };
  }

  async #memoryToMemory(codec: VideoCodec, { path }: Ffmpeg): Promise<Candidate> {
    const name = `${codec}_v4l2m2m`;
    if (!(await this.#hasDevice('.', /^video\d+$/))) return { name, why: 'there is no device /dev/video*' };
    const listed = await outputOf(path, ['-hide_banner', '-decoders']);
    if (!listed.includes(` ${name} `)) return { name, why: 'this ffmpeg was built without it' };
    return { decoder: { kind: 'ffmpeg', name, input: ['-c:v', name], download: null } };
  }

  async #accelerated(
    { name, device, deviceName }: (typeof ACCELERATIONS)[number],
    { path }: Ffmpeg,
  ): Promise<Candidate> {
    const folder = deviceName.startsWith('dri/') ? 'dri' : '.';
    if (!(await this.#hasDevice(folder, device))) {
      return { name, why: `there is no device /dev/${deviceName}` };
    }
    const listed = await outputOf(path, ['-hide_banner', '-hwaccels']);
    if (!listed.split(/\s+/).includes(name)) return { name, why: 'this ffmpeg was built without it' };
    // Pictures are asked to stay with the hardware: ffmpeg would decode in software otherwise, and not say so.
    const input = ['-hwaccel', name, '-hwaccel_output_format', name];
    return { decoder: { kind: 'ffmpeg', name, input, download: 'hwdownload,format=nv12' } };
  }

  async #hasDevice(folder: string, pattern: RegExp): Promise<boolean> {
    const { devices = '/dev' } = this.#options;
    const names = await readdir(join(devices, folder)).catch((): string[] => []);
    return names.some((name) => pattern.test(name));
  }
}

type Candidate = { readonly decoder: HardwareDecoder } | { readonly name: string; readonly why: string };
