import { join } from 'node:path';
import { cameraSettingsSchema } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { LocalCamera } from './adapters/frames/local-camera';
import { openCamera, toolsOf, type CameraTools } from './adapters/frames/open-camera';
import type { AgentConfig } from './config';
import type { Clock } from './ports/clock';
import type { FrameSource } from './ports/frame-source';
import { CameraSwitch, type CameraSwitchOptions } from './stages/switch-camera';

/** The camera of this computer's own configuration; it has not begun yet. */
export function openSource(config: AgentConfig, clock: Clock, log: Logger): FrameSource {
  const local = localCamera(config, log);
  return new CameraSwitch({
    ...{ wish: () => local.wish, open: cameraOpener(config, { clock, log }), log },
    memory: { lastGood: () => null, keepGood: () => undefined },
  });
}

/** How cameras are opened with the programs of this computer. */
export function cameraOpener(
  config: AgentConfig,
  watched: Pick<CameraTools, 'clock' | 'log' | 'onDecoder'>,
): CameraSwitchOptions['open'] {
  const tools = toolsOf({ configuredPath: config.ffmpegPath, searchPath: config.searchPath });
  return (settings) => openCamera(settings, { ...tools, ...watched });
}

/**
 * The camera settings of this computer: those of the file that the configuration names, or else those that were set at
 * its page, or else the video that stands for a camera.
 */
export function localCamera(config: AgentConfig, log: Logger): LocalCamera {
  const { cameraFile, dataDirectory, videoPath: path, videoLoop: loop, framesPerSecondMax } = config;
  if (cameraFile !== null) return new LocalCamera({ path: cameraFile, log });
  const source = { kind: 'file', path, loop };
  const fallback = path === null ? null : cameraSettingsSchema.parse({ source, framesPerSecondMax });
  return new LocalCamera({ path: join(dataDirectory, 'camera.json'), log, fallback });
}
