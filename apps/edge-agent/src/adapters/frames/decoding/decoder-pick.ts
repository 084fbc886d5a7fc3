import type { DecoderUse } from '@munjigi/contracts';
import type { VideoFacts } from '@munjigi/face-core';
import { CameraError } from '../picture-input';
import type { VideoCodec } from './trial-clips';
import { SOFTWARE, type Decoding, type VideoDecoder } from './video-decoder';
import type { VideoDecoders } from './video-decoders';

/** A decoder for one opening of a camera. */
export interface PickedDecoder {
  readonly decoder: VideoDecoder;
  /** Null: not a kind of video that hardware takes. */
  readonly video: Decoding['video'];
  readonly use: DecoderUse;
}

/** What failed as a decoder fails. A camera that refuses, or is not there, says so otherwise. */
const BREAKS = ['camera/broken', 'camera/stalled', 'camera/ended'];

/**
 * Picks the decoder of one camera, anew for each opening: the hardware's where it works, until it breaks while it shows
 * the camera; then software's, until that breaks as well, as then it was not the decoder.
 */
export class DecoderPick {
  readonly #decoders: VideoDecoders;
  /** The hardware that broke. */
  #broken: string | null = null;

  constructor(decoders: VideoDecoders) {
    this.#decoders = decoders;
  }

  /** Whether what is shown is to be known before a decoder is picked. @throws {FaceCoreError} `video/no-ffmpeg` */
  async wantsFacts(): Promise<boolean> {
    return this.#broken === null && (await this.#decoders.anyHardware());
  }

  /** @param picture of the video; null: not known. @throws {FaceCoreError} `video/no-ffmpeg` */
  async pick(picture: VideoFacts['picture']): Promise<PickedDecoder> {
    const video = takenByHardware(picture);
    if (this.#broken !== null) {
      const notUsed = [{ name: this.#broken, why: 'it broke while it showed this camera' }];
      return { decoder: SOFTWARE, video, use: { name: 'ffmpeg', isHardware: false, notUsed } };
    }
    if (!video) {
      const { notUsed } = await this.#decoders.choose('h264');
      const why = 'only 8-bit H.264 and HEVC that is upright, with square pixels, is given to hardware';
      const untaken = picture ? [{ name: 'hardware', why }] : notUsed;
      return { decoder: SOFTWARE, video, use: { name: 'ffmpeg', isHardware: false, notUsed: untaken } };
    }
    const { decoder, notUsed } = await this.#decoders.choose(video.codec);
    const use = { name: decoder.name, isHardware: decoder.kind !== 'software', notUsed: [...notUsed] };
    return { decoder, video, use };
  }

  /**
   * What was shown with a decoder broke off.
   *
   * @returns whether the decoder may be what broke, and another takes its place at the next opening
   */
  broke({ decoder }: PickedDecoder, error: unknown): boolean {
    const isDecoder =
      decoder.kind !== 'software' && error instanceof CameraError && BREAKS.includes(error.code);
    this.#broken = isDecoder ? decoder.name : null;
    return isDecoder;
  }
}

function takenByHardware(picture: VideoFacts['picture']): Decoding['video'] {
  if (!picture?.isPlain || !isCodec(picture.codec)) return null;
  return { codec: picture.codec, size: { width: picture.width, height: picture.height } };
}

function isCodec(codec: string): codec is VideoCodec {
  return codec === 'h264' || codec === 'hevc';
}
