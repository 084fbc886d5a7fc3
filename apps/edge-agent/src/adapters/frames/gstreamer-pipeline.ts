import type { CameraSettings, PictureSize } from '@munjigi/contracts';

/** What takes pictures from a camera connector: NVIDIA's on a Jetson, libcamera's elsewhere. */
export type CsiElement = 'nvarguscamerasrc' | 'libcamerasrc';

/** A connector's camera as the settings have it. */
export type CsiSource = Extract<CameraSettings['source'], { kind: 'csi' }>;

/** Pictures go to a descriptor of their own: NVIDIA's camera service prints to standard output. */
const SINK = ['fdsink', 'fd=3'];

/**
 * The arguments of `gst-launch-1.0` that show a connector's camera as RGB pictures of one size.
 *
 * @param options.size of the pictures; its width a multiple of 4, or GStreamer pads each row
 */
export function csiPipeline(
  { sensor, resolution }: CsiSource,
  options: { readonly element: CsiElement; readonly framesPerSecondMax: number; readonly size: PictureSize },
): string[] {
  const { element, framesPerSecondMax, size } = options;
  const dimensions = `width=${resolution.width},height=${resolution.height}`;
  const source =
    element === 'nvarguscamerasrc'
      ? ['nvarguscamerasrc', `sensor-id=${sensor}`, '!', `video/x-raw(memory:NVMM),${dimensions}`]
      : ['libcamerasrc', '!', `video/x-raw,${dimensions}`];
  const isNvidia = element === 'nvarguscamerasrc';
  return ['-q', ...source, '!', ...toPictures({ isNvidia, framesPerSecondMax, size }), 'sync=false'];
}

/**
 * The arguments of `gst-launch-1.0` that show a stream, decoded by NVIDIA's hardware, as RGB pictures of one size.
 *
 * @param options.codec as ffmpeg calls it
 */
export function nvidiaDecodePipeline(
  from: { readonly url: string; readonly transport: 'tcp' | 'udp' } | { readonly path: string },
  options: {
    readonly codec: 'h264' | 'hevc';
    readonly framesPerSecondMax: number;
    readonly size: PictureSize;
  },
): string[] {
  const { codec, framesPerSecondMax, size } = options;
  const format = codec === 'h264' ? 'h264' : 'h265';
  const isNetwork = 'url' in from;
  const source = isNetwork
    ? [
        'rtspsrc',
        `location=${from.url}`,
        `protocols=${from.transport}`,
        'latency=100',
        '!',
        `rtp${format}depay`,
      ]
    : ['filesrc', `location=${from.path}`, '!', 'parsebin'];
  const decode = ['!', `${format}parse`, '!', 'nvv4l2decoder', '!'];
  const pictures = toPictures({ isNvidia: true, framesPerSecondMax, size });
  return ['-q', ...source, ...decode, ...pictures, `sync=${isNetwork ? 'false' : 'true'}`];
}

function toPictures(options: { isNvidia: boolean; framesPerSecondMax: number; size: PictureSize }): string[] {
  const { isNvidia, framesPerSecondMax, size } = options;
  const dimensions = `width=${size.width},height=${size.height}`;
  // Frames that nobody will look at need not be scaled, converted and copied.
  const slower = ['videorate', 'drop-only=true', `max-rate=${Math.ceil(framesPerSecondMax)}`, '!'];
  const scaled = isNvidia
    ? ['nvvidconv', '!', `video/x-raw,format=BGRx,${dimensions}`, '!', 'videoconvert']
    : ['videoconvert', '!', 'videoscale'];
  return [...slower, ...scaled, '!', `video/x-raw,format=RGB,${dimensions}`, '!', ...SINK];
}

/** The largest size of this shape that fits into another, never larger than it is; width a multiple of 4, height even. */
export function fitInto(size: PictureSize, within: PictureSize | null): PictureSize {
  if (!within) return size;
  const scale = Math.min(1, within.width / size.width, within.height / size.height);
  const rounded = (length: number, multiple: number): number =>
    Math.max(multiple, Math.round((length * scale) / multiple) * multiple);
  return { width: rounded(size.width, 4), height: rounded(size.height, 2) };
}
