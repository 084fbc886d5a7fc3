import type { PictureSize } from '@munjigi/contracts';
import { probeVideo } from '@munjigi/face-core';
import type { DecoderPick } from './decoding/decoder-pick';
import { decodingProgram } from './decoding/video-decoder';
import type { FfmpegTool } from './ffmpeg-tool';
import type { OpenedInput, PictureInput } from './picture-input';

/** How the pictures of any input are wanted. */
export interface WantedPictures {
  readonly framesPerSecondMax: number;
  /** Each is scaled into this, never up; null: as it comes. See `dnnResize` of the camera settings. */
  readonly within: PictureSize | null;
}

/** What a video file is shown with. */
export interface FileInputOptions {
  readonly path: string;
  readonly wanted: WantedPictures;
  readonly ffmpeg: FfmpegTool;
  readonly decoders: DecoderPick;
}

/** A video file, at its own pace. */
export class FileInput implements PictureInput {
  readonly isLive = false;
  readonly name: string;
  readonly #options: FileInputOptions;
  #known: OpenedInput | null = null;

  constructor(options: FileInputOptions) {
    this.name = `The video ${options.path}`;
    this.#options = options;
  }

  async open(signal: AbortSignal): Promise<OpenedInput> {
    // Looked at anew after a failure only: the cut of a loop should be short.
    const opened = this.#known ?? (await this.#learn(signal));
    this.#known = null;
    return opened;
  }

  async #learn(signal: AbortSignal): Promise<OpenedInput> {
    const { path, wanted, decoders } = this.#options;
    const ffmpeg = await this.#options.ffmpeg.find();
    const { framesPerSecond, picture } = await probeVideo(ffmpeg.path, path, signal);
    const isFaster = framesPerSecond === null || framesPerSecond > wanted.framesPerSecondMax;
    const picked = await decoders.pick(picture);
    const decoding = {
      ...{ from: { path }, video: picked.video, within: wanted.within },
      framesPerSecondMax: isFaster ? wanted.framesPerSecondMax : null,
    };
    const opened: OpenedInput = {
      ...decodingProgram(decoding, picked.decoder, ffmpeg),
      decoder: picked.use,
      decodesOtherwise: (error) => decoders.broke(picked, error),
      why: () => null,
      close: (endedWell) => {
        if (endedWell) this.#known = opened;
      },
    };
    return opened;
  }
}
