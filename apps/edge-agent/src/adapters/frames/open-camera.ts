import type { CameraSettings, DecoderUse } from '@munjigi/contracts';
import type { FfmpegPlaces } from '@munjigi/face-core';
import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock';
import type { FrameSource } from '../../ports/frame-source';
import { CsiInput } from './csi-input';
import { DecoderPick } from './decoding/decoder-pick';
import { VideoDecoders } from './decoding/video-decoders';
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
  readonly decoders: VideoDecoders;
  /** Is told what decodes the camera each time that it is opened; null: pictures that are files. */
  readonly onDecoder?: (use: DecoderUse | null) => void;
}

/** The programs of this computer that show cameras. @param devices where its devices are, if not in `/dev` */
export function toolsOf(
  places: FfmpegPlaces,
  devices?: string,
): Pick<CameraTools, 'ffmpeg' | 'gstreamer' | 'decoders'> {
  const ffmpeg = new FfmpegTool(places);
  const gstreamer = new GstreamerTool(places.searchPath);
  return { ffmpeg, gstreamer, decoders: new VideoDecoders({ ffmpeg, gstreamer, devices }) };
}

/** Makes the camera that the settings describe; nothing is opened before it is started. */
export function openCamera(settings: CameraSettings, tools: CameraTools): FrameSource {
  const { source, framesPerSecondMax, dnnResize, noticeFrozen } = settings;
  const wanted: WantedPictures = { framesPerSecondMax, within: dnnResize };
  const { clock, log, retry, stallMs, onDecoder } = tools;
  if (source.kind === 'folder') {
    onDecoder?.(null);
    return new FolderSource({ path: source.path, loop: source.loop, wanted, clock, log, retry });
  }
  const loop = source.kind === 'file' && source.loop;
  const input = inputOf(source, wanted, tools);
  return new StreamSource({ input, loop, noticeFrozen, clock, log, retry, stallMs, onDecoder });
}

function inputOf(
  source: Exclude<CameraSettings['source'], { kind: 'folder' }>,
  wanted: WantedPictures,
  { ffmpeg, gstreamer, decoders }: CameraTools,
): PictureInput {
  switch (source.kind) {
    case 'file':
      return new FileInput({ path: source.path, wanted, ffmpeg, decoders: new DecoderPick(decoders) });
    case 'rtsp':
      return new RtspInput({ source, wanted, ffmpeg, decoders: new DecoderPick(decoders) });
    case 'usb':
      return new UsbInput({ source, wanted, ffmpeg });
    case 'csi':
      return new CsiInput({ source, wanted, gstreamer });
  }
}
