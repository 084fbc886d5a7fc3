import type { CameraSettings } from '@munjigi/contracts';
import type { FfmpegPlaces } from '@munjigi/face-core';
import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock';
import type { FrameSource } from '../../ports/frame-source';
import { CsiInput } from './csi-input';
import { FfmpegTool } from './ffmpeg-tool';
import { FileInput, type WantedPictures } from './file-input';
import { FolderSource } from './folder-source';
import { GstreamerTool } from './gstreamer-tool';
import type { PictureInput } from './picture-input';
import { RtspInput } from './rtsp-input';
import { StreamSource, type StreamOptions } from './stream-source';
import { UsbInput } from './usb-input';

/** What every camera is opened with. */
export interface CameraTools extends Pick<StreamOptions, 'clock' | 'log' | 'retry' | 'stallMs'> {
  readonly clock: Clock;
  readonly log: Logger;
  readonly ffmpeg: FfmpegTool;
  readonly gstreamer: GstreamerTool;
}

/** The programs of this computer that show cameras. */
export function toolsOf(places: FfmpegPlaces): Pick<CameraTools, 'ffmpeg' | 'gstreamer'> {
  return { ffmpeg: new FfmpegTool(places), gstreamer: new GstreamerTool(places.searchPath) };
}

/** Makes the camera that the settings describe; nothing is opened before it is started. */
export function openCamera(settings: CameraSettings, tools: CameraTools): FrameSource {
  const { source, framesPerSecondMax, dnnResize, noticeFrozen } = settings;
  const wanted: WantedPictures = { framesPerSecondMax, within: dnnResize };
  const { clock, log, retry, stallMs } = tools;
  if (source.kind === 'folder') {
    return new FolderSource({ path: source.path, loop: source.loop, wanted, clock, log, retry });
  }
  const loop = source.kind === 'file' && source.loop;
  const input = inputOf(source, wanted, tools);
  return new StreamSource({ input, loop, noticeFrozen, clock, log, retry, stallMs });
}

function inputOf(
  source: Exclude<CameraSettings['source'], { kind: 'folder' }>,
  wanted: WantedPictures,
  { ffmpeg, gstreamer }: CameraTools,
): PictureInput {
  switch (source.kind) {
    case 'file':
      return new FileInput({ path: source.path, wanted, ffmpeg });
    case 'rtsp':
      return new RtspInput({ source, wanted, ffmpeg });
    case 'usb':
      return new UsbInput({ source, wanted, ffmpeg });
    case 'csi':
      return new CsiInput({ source, wanted, gstreamer });
  }
}
