import type { PictureSize } from '@munjigi/contracts';
import { probeVideo } from '@munjigi/face-core';
import { ffmpegArguments } from './ffmpeg-arguments';
import type { FfmpegTool } from './ffmpeg-tool';
import type { OpenedInput, PictureInput } from './picture-input';

/** How the pictures of any input are wanted. */
export interface WantedPictures {
  readonly framesPerSecondMax: number;
  /** Each is scaled into this, never up; null: as it comes. See `dnnResize` of the camera settings. */
  readonly within: PictureSize | null;
}

/** A video file, at its own pace. */
export class FileInput implements PictureInput {
  readonly isLive = false;
  readonly name: string;
  readonly #options: {
    readonly path: string;
    readonly wanted: WantedPictures;
    readonly ffmpeg: FfmpegTool;
  };
  #known: OpenedInput | null = null;

  constructor(options: { path: string; wanted: WantedPictures; ffmpeg: FfmpegTool }) {
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
    const { path, wanted, ffmpeg } = this.#options;
    const { path: ffmpegPath, keepTimes } = await ffmpeg.find();
    const { framesPerSecond } = await probeVideo(ffmpegPath, path, signal);
    const isFaster = framesPerSecond === null || framesPerSecond > wanted.framesPerSecondMax;
    const args = ffmpegArguments({
      // Its kind is named, or a name with a colon would be read as an address.
      input: ['-re', '-i', `file:${path}`],
      framesPerSecondMax: isFaster ? wanted.framesPerSecondMax : null,
      within: wanted.within,
      keepTimes,
    });
    const opened: OpenedInput = {
      program: { path: ffmpegPath, args, picturesOn: 'stdout' },
      size: null,
      decoder: 'ffmpeg',
      why: () => null,
      close: (endedWell) => {
        if (endedWell) this.#known = opened;
      },
    };
    return opened;
  }
}
