import type { PictureSize } from '@munjigi/contracts';

/** How ffmpeg is to give pictures. */
export interface FfmpegPictures {
  /** What comes before `-i`, and what after it. */
  readonly input: readonly string[];
  /** Frames beyond this many a second are left out before they are scaled and copied; null: there are none. */
  readonly framesPerSecondMax: number | null;
  /** Each picture is scaled into this, keeping its shape, never up; null: as it comes. */
  readonly within: PictureSize | null;
  /** How this ffmpeg is told that frames keep their own time: none is repeated for one that is late. */
  readonly keepTimes: readonly string[];
  /** The filter that fetches each picture from a hardware decoder; null or absent: it is in memory. */
  readonly download?: string | null;
}

/** Older ffmpegs know the second, newer ones the first. */
export const KEEP_TIMES = [
  ['-fps_mode', 'passthrough'],
  ['-vsync', '0'],
] as const;

/** The arguments that make ffmpeg print pictures as PPM on its standard output: upright, square pixels, RGB. */
export function ffmpegArguments(pictures: FfmpegPictures): string[] {
  const { input, keepTimes } = pictures;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'error', ...input],
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filtersOf(pictures), ...keepTimes],
    ...['-threads', '1', '-pix_fmt', 'rgb24', '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1'],
  ];
}

function filtersOf({ framesPerSecondMax, within, download }: FfmpegPictures): string {
  return [
    // The first frame of each interval. A filter for a fixed rate would repeat frames of a camera that is slower.
    ...(framesPerSecondMax === null
      ? []
      : [
          `select='isnan(prev_selected_t)+gt(floor(t*${framesPerSecondMax})\\,floor(prev_selected_t*${framesPerSecondMax}))'`,
        ]),
    ...(download ? [download] : []),
    // Pixels of a video need not be square; those of a face must be.
    'scale=w=max(1\\,round(iw*sar)):h=ih',
    'setsar=1',
    ...(within ? [scaleInto(within)] : []),
  ].join(',');
}

function scaleInto({ width, height }: PictureSize): string {
  return `scale=w=min(iw\\,${width}):h=min(ih\\,${height}):force_original_aspect_ratio=decrease`;
}
