import type { PictureSize } from '@munjigi/contracts';
import { ffmpegArguments } from '../ffmpeg-arguments';
import type { Ffmpeg } from '../ffmpeg-tool';
import { fitInto, nvidiaDecodePipeline } from '../gstreamer-pipeline';
import type { OpenedInput } from '../picture-input';
import type { VideoCodec } from './trial-clips';

/** A way to decode video. */
export type VideoDecoder = HardwareDecoder | { readonly kind: 'software'; readonly name: 'ffmpeg' };

/** A way to decode video with a part of the machine that is made for it. */
export type HardwareDecoder =
  | { readonly kind: 'gstreamer'; readonly name: string; readonly launcher: string }
  | {
      readonly kind: 'ffmpeg';
      readonly name: string;
      /** What ffmpeg is told of it, before the input. */
      readonly input: readonly string[];
      /** The filter that brings its pictures into memory; null: they are there. */
      readonly download: string | null;
    };

/** The processor's decoder: it takes everything that ffmpeg does. */
export const SOFTWARE: VideoDecoder = { kind: 'software', name: 'ffmpeg' };

/** Where compressed video comes from. */
export type VideoPlace =
  { readonly path: string } | { readonly url: string; readonly transport: 'tcp' | 'udp' };

/** What is to be decoded, and into which pictures. */
export interface Decoding {
  readonly from: VideoPlace;
  /** Null: only ffmpeg, which finds out by itself, can decode it. */
  readonly video: { readonly codec: VideoCodec; readonly size: PictureSize } | null;
  /** Frames a second at most; null: as many as there are. */
  readonly framesPerSecondMax: number | null;
  /** See `WantedPictures`. */
  readonly within: PictureSize | null;
}

/** More than any camera has. */
const ANY_RATE = 240;

/** The program that decodes video and prints its pictures, and their size where they do not tell it themselves. */
export function decodingProgram(
  { from, video, framesPerSecondMax, within }: Decoding,
  decoder: VideoDecoder,
  { path, keepTimes }: Ffmpeg,
): Pick<OpenedInput, 'program' | 'size'> {
  if (decoder.kind === 'gstreamer' && video) {
    const size = fitInto(video.size, within);
    const options = { codec: video.codec, framesPerSecondMax: framesPerSecondMax ?? ANY_RATE, size };
    const args = nvidiaDecodePipeline(from, options);
    return { program: { path: decoder.launcher, args, picturesOn: 'fd3' }, size };
  }
  const hardware = decoder.kind === 'ffmpeg' ? decoder : { input: [], download: null };
  const args = ffmpegArguments({
    ...{ framesPerSecondMax, within, keepTimes, download: hardware.download },
    input: [...hardware.input, ...inputOf(from)],
  });
  return { program: { path, args, picturesOn: 'stdout' }, size: null };
}

function inputOf(from: VideoPlace): string[] {
  // Its kind is named, or a name with a colon would be read as an address.
  return 'path' in from ? ['-re', '-i', `file:${from.path}`] : networkInput(from.url, from.transport);
}

/** What tells ffmpeg to take a stream of the network. */
export function networkInput(url: string, transport: 'tcp' | 'udp'): string[] {
  return [
    ...['-rtsp_transport', transport, '-fflags', 'nobuffer', '-flags', 'low_delay'],
    // Enough to know the size by; the default looks at five seconds before it shows anything.
    ...['-analyzeduration', '1000000', '-i', url],
  ];
}
