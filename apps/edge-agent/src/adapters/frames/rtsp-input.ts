import type { CameraSettings } from '@munjigi/contracts';
import type { FfmpegTool } from './ffmpeg-tool';
import { ffmpegArguments } from './ffmpeg-arguments';
import type { WantedPictures } from './file-input';
import type { OpenedInput, PictureInput } from './picture-input';
import type { CameraPlace } from './rtsp/camera-session';
import { RtspGate } from './rtsp/rtsp-gate';

/** A network camera as the settings have it. */
export type RtspSource = Extract<CameraSettings['source'], { kind: 'rtsp' }>;

/** A network camera. Its user and password are told to it by us, never by the decoder. */
export class RtspInput implements PictureInput {
  readonly isLive = true;
  readonly name: string;
  readonly #place: CameraPlace;
  readonly #transport: RtspSource['transport'];
  readonly #wanted: WantedPictures;
  readonly #ffmpeg: FfmpegTool;

  constructor(options: { source: RtspSource; wanted: WantedPictures; ffmpeg: FfmpegTool }) {
    const { address, port, path, user, password, transport } = options.source;
    this.name = `The camera at ${address}:${port}`;
    this.#place = {
      ...{ address, port, path },
      credentials: user === null ? null : { user, password: password ?? '' },
    };
    this.#transport = transport;
    this.#wanted = options.wanted;
    this.#ffmpeg = options.ffmpeg;
  }

  async open(signal: AbortSignal): Promise<OpenedInput> {
    const { path, keepTimes } = await this.#ffmpeg.find();
    const gate = await RtspGate.open(this.#place, signal);
    const args = ffmpegArguments({
      input: [
        ...['-rtsp_transport', this.#transport, '-fflags', 'nobuffer', '-flags', 'low_delay'],
        // Enough to know the size by; the default looks at five seconds before it shows anything.
        ...['-analyzeduration', '1000000', '-i', gate.url],
      ],
      ...{ framesPerSecondMax: this.#wanted.framesPerSecondMax, within: this.#wanted.within, keepTimes },
    });
    return {
      program: { path, args, picturesOn: 'stdout' },
      size: null,
      decoder: 'ffmpeg',
      why: () => gate.why,
      close: () => gate.close(),
    };
  }
}
