import type { CameraSettings } from '@munjigi/contracts';
import { videoFactsOf, type PictureFacts } from '@munjigi/face-core';
import type { DecoderPick } from './decoding/decoder-pick';
import { decodingProgram, networkInput } from './decoding/video-decoder';
import { outputOf, type Ffmpeg, type FfmpegTool } from './ffmpeg-tool';
import type { WantedPictures } from './file-input';
import type { OpenedInput, PictureInput } from './picture-input';
import type { CameraPlace } from './rtsp/camera-session';
import { RtspGate } from './rtsp/rtsp-gate';

/** A network camera as the settings have it. */
export type RtspSource = Extract<CameraSettings['source'], { kind: 'rtsp' }>;

/** What a network camera is shown with. */
export interface RtspInputOptions {
  readonly source: RtspSource;
  readonly wanted: WantedPictures;
  readonly ffmpeg: FfmpegTool;
  readonly decoders: DecoderPick;
}

/** A network camera. Its user and password are told to it by us, never by the decoder. */
export class RtspInput implements PictureInput {
  readonly isLive = true;
  readonly name: string;
  readonly #options: RtspInputOptions;
  readonly #place: CameraPlace;
  /** What the camera showed when it was last asked; null: that is not known. */
  #picture: PictureFacts | null = null;

  constructor(options: RtspInputOptions) {
    const { address, port, path, user, password } = options.source;
    this.name = `The camera at ${address}:${port}`;
    this.#options = options;
    this.#place = {
      ...{ address, port, path },
      credentials: user === null ? null : { user, password: password ?? '' },
    };
  }

  async open(signal: AbortSignal): Promise<OpenedInput> {
    const { source, wanted, decoders } = this.#options;
    const ffmpeg = await this.#options.ffmpeg.find();
    // Hardware must be told what it gets; the camera is asked on a connection of its own, and only where there is any.
    if (await decoders.wantsFacts()) this.#picture ??= await this.#ask(ffmpeg, signal);
    const picked = await decoders.pick(this.#picture);
    const gate = await RtspGate.open(this.#place, signal);
    const { transport } = source;
    return {
      ...decodingProgram(
        { from: { url: gate.url, transport }, video: picked.video, ...wanted },
        picked.decoder,
        ffmpeg,
      ),
      decoder: picked.use,
      decodesOtherwise: (error) => !gate.cameraLeft && gate.why === null && decoders.broke(picked, error),
      why: () => gate.why,
      close: (endedWell) => {
        // Another picture may come after a cut.
        if (!endedWell) this.#picture = null;
        gate.close();
      },
    };
  }

  async #ask({ path }: Ffmpeg, signal: AbortSignal): Promise<PictureFacts | null> {
    const gate = await RtspGate.open(this.#place, signal);
    try {
      const input = networkInput(gate.url, this.#options.source.transport);
      const said = await outputOf(path, ['-hide_banner', '-nostdin', ...input], signal);
      if (gate.why) throw gate.why;
      return videoFactsOf(said)?.picture ?? null;
    } finally {
      gate.close();
    }
  }
}
