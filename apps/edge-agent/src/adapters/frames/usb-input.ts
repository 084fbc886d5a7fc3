import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { CameraSettings } from '@munjigi/contracts';
import { ffmpegArguments } from './ffmpeg-arguments';
import { outputOf, type Ffmpeg, type FfmpegTool } from './ffmpeg-tool';
import type { WantedPictures } from './file-input';
import { CameraError, type OpenedInput, type PictureInput } from './picture-input';

/** A video device as the settings have it. */
export type UsbSource = Extract<CameraSettings['source'], { kind: 'usb' }>;

/** A camera that is a video device of Linux (V4L2). */
export class UsbInput implements PictureInput {
  readonly isLive = true;
  readonly name: string;
  readonly #source: UsbSource;
  readonly #wanted: WantedPictures;
  readonly #ffmpeg: FfmpegTool;

  constructor(options: { source: UsbSource; wanted: WantedPictures; ffmpeg: FfmpegTool }) {
    this.name = `The camera ${options.source.device}`;
    this.#source = options.source;
    this.#wanted = options.wanted;
    this.#ffmpeg = options.ffmpeg;
  }

  async open(): Promise<OpenedInput> {
    const { device } = this.#source;
    await assertUsable(device);
    const ffmpeg = await this.#ffmpeg.find();
    const list = ['-hide_banner', '-nostdin', '-f', 'v4l2', '-list_formats', 'all', '-i', device];
    const offered = await outputOf(ffmpeg.path, list);
    const args = usbArguments(this.#source, { ...this.#wanted, offered, ffmpeg });
    return {
      program: { path: ffmpeg.path, args, picturesOn: 'stdout' },
      size: null,
      decoder: { name: 'ffmpeg', isHardware: false, notUsed: [] },
      why: () => null,
      close: () => undefined,
    };
  }
}

/** The arguments that make ffmpeg show a video device. @param options.offered what ffmpeg says of its formats */
export function usbArguments(
  { device, resolution }: UsbSource,
  options: WantedPictures & { readonly offered: string; readonly ffmpeg: Pick<Ffmpeg, 'keepTimes'> },
): string[] {
  const size = `${resolution.width}x${resolution.height}`;
  const { offered, framesPerSecondMax, within, ffmpeg } = options;
  // What is not compressed is too much for the wire at larger sizes, and then comes at a few frames a second.
  const hasMotionJpeg = offered
    .split('\n')
    .some((line) => /Compressed:\s+mjpeg\b/.test(line) && line.split(/\s+/).includes(size));
  const format = hasMotionJpeg ? ['-input_format', 'mjpeg'] : [];
  const rate = String(Math.ceil(framesPerSecondMax));
  return ffmpegArguments({
    input: ['-f', 'v4l2', ...format, '-framerate', rate, '-video_size', size, '-i', device],
    ...{ framesPerSecondMax, within, keepTimes: ffmpeg.keepTimes },
  });
}

async function assertUsable(device: string): Promise<void> {
  try {
    await access(device, constants.R_OK | constants.W_OK);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw isMissing
      ? new CameraError('camera/no-device', `There is no camera at ${device}.`, { cause })
      : new CameraError(
          'camera/device-denied',
          `The camera ${device} may not be used: put the agent's user into the group video.`,
          { cause },
        );
  }
}
